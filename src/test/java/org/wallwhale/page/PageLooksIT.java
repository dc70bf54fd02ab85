package org.wallwhale.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.assertions.LocatorAssertions.HasCountOptions;
import com.microsoft.playwright.assertions.LocatorAssertions.IsVisibleOptions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.wallwhale.Api;

/** Every page in light, in dark and on a phone: nothing hinders anybody, and the pictures are there to be looked at. */
class PageLooksIT extends PageTest {
    private static final List<String> PAGES = List.of("dashboard", "users", "keys", "accounts", "audit", "health", "settings", "tools", "batches", "me", "welcome");
    private static final double LONG = 60_000;

    @ParameterizedTest
    @EnumSource
    void everyPageIsShownAndHindersNobody(Look look) {
        try (Visit visit = visitOf(administrator(), look, "queue")) {
            for (String name : PAGES) {
                visit.open(name);
                assertThat(visit.part("ww-" + name + " h1").first()).isVisible();
                visit.rest();
                visit.look(name);
            }
            visit.isFaultless();
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatOneAddsAndWhatAsksForACode(Look look) {
        String email = administrator();
        try (Visit visit = visitOf(email, look, "queue")) {
            visit.look("queue-empty");
            visit.paste(item("00") + "\n" + item("00") + "\nnonsense");
            assertThat(visit.part("ww-add ol.lines > li")).hasCount(3);
            visit.look("add");
            // Escape would not throw away what was not sent
            visit.part("ww-dialog").getByLabel("Close").click();
            assertThat(visit.part("ww-dialog")).hasCount(0);
            String id = api(email).submit(Api.object().put("urlOrId", item("10")).put("accountName", "sandbox")).get("id").asText();
            assertThat(visit.part(".guard-banner")).isVisible(new IsVisibleOptions().setTimeout(LONG));
            visit.look("queue");
            visit.open("download/" + id);
            assertThat(visit.part("ww-guard input")).isVisible();
            visit.look("guard");
            api(email).post(Api.DOWNLOADS + "/" + id + "/steam-guard", Api.object().put("code", "AAAAA"));
            assertThat(visit.part("ww-files")).isVisible(new IsVisibleOptions().setTimeout(LONG));
            visit.look("download-done");
            visit.isFaultless();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aFailedDownloadSaysWhyAndWhatToDo(Look look) {
        String email = administrator();
        try (Visit visit = visitOf(email, look, "queue")) {
            String id = api(email).submit(Api.object().put("urlOrId", item("20")).put("accountName", "sandbox")).get("id").asText();
            api(email).awaitFinished(id);
            visit.look("queue-failed");
            visit.open("download/" + id);
            assertThat(visit.part(".now")).isVisible();
            assertThat(visit.part("ww-log")).isVisible();
            visit.look("download-failed");
            visit.isFaultless();
        }
    }

    @Test
    void nothingIsCutOffWhereOneReadsFromTheRight() {
        String email = administrator();
        try (Visit visit = visitOf(email, Look.LIGHT, "queue")) {
            String id = api(email).submit(Api.object().put("urlOrId", item("20")).put("accountName", "sandbox")).get("id").asText();
            assertThat(visit.part(".row")).hasCount(1, new HasCountOptions().setTimeout(LONG));
            visit.page().evaluate("document.documentElement.dir = 'rtl'");
            visit.look("queue-from-the-right");
            visit.open("download/" + id);
            assertThat(visit.part("ww-log")).isVisible();
            visit.look("download-from-the-right");
            visit.isFaultless();
        }
    }
}
