package org.wallwhale.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.assertions.LocatorAssertions.ContainsTextOptions;
import com.microsoft.playwright.assertions.LocatorAssertions.HasTextOptions;
import com.microsoft.playwright.assertions.LocatorAssertions.IsVisibleOptions;
import com.microsoft.playwright.options.AriaRole;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.wallwhale.Api;

/** What people do with downloads on the page. */
class QueuePageIT extends PageTest {
    /** A run of the sandbox is a process of its own, and the machine may be busy. */
    private static final double LONG = 60_000;

    @Test
    void whatIsPastedAnywhereIsReadLineByLineAndEachLineIsToldWhatCameOfIt() throws Exception {
        String live = item("03");
        List<String> fresh = IntStream.range(0, 16).mapToObj(number -> item("00")).toList();
        List<String> lines = Stream.of(List.of(live, "https://steamcommunity.com/sharedfiles/filedetails/?id=" + fresh.get(0)), fresh.subList(1, 16),
                List.of("https://example.org/?id=5", fresh.get(3), "99999999999999999999999")).flatMap(List::stream).toList();
        Assertions.assertThat(lines).hasSize(20);
        String email = administrator();
        try (Visit visit = visitOf(email, Look.LIGHT, "queue")) {
            api(email).submit(Api.object().put("urlOrId", live).put("accountName", "sandbox"));
            visit.paste(String.join("\n", lines));
            visit.part("ww-add select[name=account]").selectOption("sandbox");
            assertThat(visit.part("ww-add ol.lines > li")).hasCount(20);
            assertThat(visit.part("ww-add li.bad")).hasCount(3);
            visit.look("add");
            visit.part("ww-add footer button").click();
            assertThat(visit.part("ww-add p.sum")).containsText("16 added, 1 on the way already");
            visit.page().keyboard().press("Escape");
            assertThat(visit.part(".rail a.all b")).hasText("17");

            visit.part("ww-queue a", "Added as lists").click();
            visit.part("ww-batches tbody a").click();
            assertThat(visit.part("ww-batch h1")).hasText("17 downloads, added as a list");
            visit.open("queue");

            Locator row = visit.part(".row", fresh.get(0));
            assertThat(row.locator(".chip")).hasText("done", new HasTextOptions().setTimeout(LONG));
            Download zip = visit.page().waitForDownload(() -> row.getByLabel("Download zip").click());
            Path file = Visit.SCREENSHOTS.resolveSibling("page-download.zip");
            zip.saveAs(file);
            try (ZipFile opened = new ZipFile(file.toFile())) {
                Assertions.assertThat(Collections.list(opened.entries())).isNotEmpty();
            }
            visit.isFaultless();
        }
    }

    @Test
    void whatRunsIsCanceledAndTriedAgainAndASecondBrowserSeesIt() {
        String email = administrator();
        String item = item("03");
        try (Visit one = visitOf(email, Look.LIGHT, "queue"); Visit other = visitOf(email, Look.DARK, "queue")) {
            assertThat(other.part(".first-time")).isVisible();
            one.look("queue-empty");
            api(email).submit(Api.object().put("urlOrId", item).put("accountName", "sandbox"));
            assertThat(one.part(".row.running", item)).isVisible(visibleSoon());
            assertThat(other.part(".row.running", item)).isVisible(visibleSoon());
            one.part(".row", item).getByLabel("Cancel").click();
            assertThat(one.part(".row.canceled", item)).isVisible(visibleSoon());
            assertThat(other.part(".row.canceled", item)).isVisible(visibleSoon());
            other.part(".row", item).getByLabel("Retry").click();
            assertThat(one.part(".row.running", item)).isVisible(visibleSoon());
            one.look("queue-running");
            one.part(".row", item).getByLabel("Cancel").click();
            assertThat(other.part(".rail a.canceled b")).hasText("1", longer());
            other.look("queue-canceled");
            one.isFaultless();
            other.isFaultless();
        }
    }

    @Test
    void aQuestionOfSteamGuardIsLoudAndItsAnswerLetsTheDownloadGoOn() {
        String email = administrator();
        try (Visit visit = visitOf(email, Look.LIGHT, "queue")) {
            api(email).submit(Api.object().put("urlOrId", item("10")).put("accountName", "sandbox"));
            assertThat(visit.part(".guard-banner")).isVisible(visibleSoon());
            Assertions.assertThat(visit.page().title()).startsWith("(!) ");
            visit.part(".guard-banner").getByRole(AriaRole.BUTTON).click();
            assertThat(visit.part("ww-guard input")).isFocused();
            visit.look("guard");
            visit.page().keyboard().type("AAAAA");
            visit.page().keyboard().press("Enter");
            assertThat(visit.part(".download-head .chip").first()).hasText("done", longer());
            assertThat(visit.part(".guard-banner")).hasCount(0);
            assertThat(visit.part("ww-log")).containsText("Archive created", new ContainsTextOptions().setTimeout(LONG));
            visit.look("download-done");
            visit.isFaultless();
        }
    }

    @Test
    void aSessionThatWasEndedSaysSoAndComesBackToWhereItWas() {
        String email = administrator();
        try (Visit visit = visitOf(email, Look.LIGHT, "queue?state=failed")) {
            String user = api(email).get("/api/v1/me").json().at("/user/id").asText();
            Assertions.assertThat(Api.administrator().delete("/api/v1/admin/users/" + user + "/sessions").status()).isEqualTo(204);
            assertThat(visit.part("ww-login .notice")).isVisible(visibleSoon());
            visit.login(email, PASSWORD);
            Assertions.assertThat(visit.page().url()).endsWith("#/queue?state=failed");
            assertThat(visit.part(".rail a.failed")).hasAttribute("aria-current", "true");
            visit.isFaultlessBut("401");
        }
    }

    @Test
    void whoChangesWhatSomebodyElseChangedMeanwhileSeesThatFirst() {
        String email = administrator();
        String id = api(email).submit(Api.object().put("urlOrId", item("00")).put("accountName", "sandbox").put("startAt", "2099-01-01T00:00:00Z"))
                .get("id").asText();
        try (Visit visit = visitOf(email, Look.LIGHT, "download/" + id)) {
            visit.button("Priority and start").click();
            Locator dialog = visit.part("ww-dialog dialog");
            Locator priority = dialog.getByLabel("Priority");
            priority.fill("7");
            Assertions.assertThat(api(email).send("PATCH", Api.DOWNLOADS + "/" + id, BodyPublishers.ofString("{\"priority\":5}"),
                    "Content-Type", "application/merge-patch+json").status()).isEqualTo(200);
            visit.button("Save").click();
            assertThat(dialog.locator("[role=alert]")).containsText("Somebody changed this meanwhile");
            assertThat(priority).hasValue("5");
            Assertions.assertThat(api(email).download(id).get("priority").intValue()).isEqualTo(5);
            priority.fill("9");
            visit.button("Save").click();
            assertThat(visit.part("ww-dialog")).hasCount(0);
            Assertions.assertThat(api(email).download(id).get("priority").intValue()).isEqualTo(9);
            visit.isFaultlessBut("412");
        }
    }

    private static IsVisibleOptions visibleSoon() {
        return new IsVisibleOptions().setTimeout(LONG);
    }

    private static HasTextOptions longer() {
        return new HasTextOptions().setTimeout(LONG);
    }
}
