package org.wallwhale.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.assertions.LocatorAssertions.ContainsTextOptions;
import com.microsoft.playwright.assertions.LocatorAssertions.IsVisibleOptions;
import com.microsoft.playwright.options.AriaRole;
import java.nio.file.Files;
import java.nio.file.Path;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.wallwhale.Api;

/** A link from its making to the zip on the disk of somebody without an account. */
class SharePageIT extends PageTest {
    private static final String LINK = "four plain words here";
    private static final double LONG = 30_000;

    @Test
    void whoHasTheLinkAndItsPasswordGetsTheZip() throws Exception {
        String email = administrator();
        Api api = api(email);
        String id = api.submit(item("00")).get("id").textValue();
        Assertions.assertThat(api.awaitFinished(id).get("status").textValue()).isEqualTo("success");
        try (Visit owner = visitOf(email, Look.LIGHT, "download/" + id)) {
            String link = made(owner);
            for (Look look : Look.values()) {
                try (Visit visitor = visit(look)) {
                    visitor.page().navigate(link);
                    assertThat(visitor.part("h1")).hasText("This link has a password");
                    visitor.look("shared-locked");
                    unlock(visitor, "five plain words here now");
                    assertThat(visitor.part("#wrong")).hasText("This is not the password of this link.");
                    unlock(visitor, LINK);
                    assertThat(visitor.part("a.get")).isVisible(new IsVisibleOptions().setTimeout(LONG));
                    visitor.look("shared");
                    Download zip = visitor.page().waitForDownload(() -> visitor.part("a.get").click());
                    Path file = Visit.SCREENSHOTS.resolveSibling("shared.zip");
                    zip.saveAs(file);
                    Assertions.assertThat(Files.readAllBytes(file)).isEqualTo(api.get(Api.DOWNLOADS + "/" + id + "/zip").bytes());
                    visitor.isFaultlessBut("401");
                }
            }
            revoke(owner);
            try (Visit late = visit(Look.PHONE)) {
                late.page().navigate(link);
                assertThat(late.part("[role=alert]")).containsText("Nothing is behind this link");
                late.look("shared-gone");
                late.isFaultlessBut("404");
            }
            owner.isFaultless();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aListThatWasAddedAtOnceIsSharedFromItsOwnPage(Look look) {
        String email = administrator();
        try (Visit owner = visitOf(email, look, "queue")) {
            owner.paste(item("00") + "\n" + item("00"));
            owner.part("ww-add select[name=account]").selectOption("sandbox");
            owner.part("ww-add footer button").click();
            owner.part("ww-add a", "Open all together").click();
            assertThat(owner.part("ww-batch h1")).hasText("2 downloads, added as a list");
            assertThat(owner.part("ww-batch .head")).containsText("2 of 2 done", new ContainsTextOptions().setTimeout(LONG));
            owner.look("batch");
            owner.part("ww-batch a", "Added as lists").click();
            assertThat(owner.part("ww-batches .chip")).hasText("done 2");
            owner.look("batches");
            owner.part("ww-batches tbody a").click();
            owner.button("Share").click();
            Locator dialog = owner.part("ww-dialog dialog");
            dialog.getByLabel("Downloads at most").fill("2");
            owner.button("Make a link").click();
            assertThat(dialog.locator(".shares")).containsText("0 of 2 downloads");
            owner.look("batch-share");
            try (Visit visitor = visit(look)) {
                visitor.page().navigate(dialog.locator(".shares code").first().textContent());
                assertThat(visitor.part("a.get").first()).isVisible();
                visitor.look("batch-shared");
                visitor.isFaultless();
            }
            revoke(owner);
            owner.isFaultless();
        }
    }

    @Test
    void itsOwnerSeesWhatBecameOfALink() {
        String email = administrator();
        Api api = api(email);
        String id = api.submit(item("00")).get("id").textValue();
        api.awaitFinished(id);
        String shares = Api.DOWNLOADS + "/" + id + "/shares";
        ObjectNode terms = Api.object().put("name", "made a link");
        terms.putArray("scopes").add("download:*");
        JsonNode key = api.post("/api/v1/admin/api-keys", terms).json();
        Assertions.assertThat(Api.withKey(key.get("key").textValue()).post(shares, Api.object()).status()).isEqualTo(201);
        Assertions.assertThat(api.delete("/api/v1/admin/api-keys/" + key.at("/apiKey/id").textValue()).status()).isEqualTo(204);
        JsonNode share = api.post(shares, Api.object().put("maxDownloads", 1)).json();
        Api.anonymous().get("/api/v1/shared/" + share.get("url").textValue().replaceFirst(".*/s/", "") + "/zip");
        api.awaitAnswer("/api/v1/shares/" + share.get("id").textValue(), answer -> answer.json().get("downloads").longValue() == 1);
        try (Visit owner = visitOf(email, Look.LIGHT, "download/" + id)) {
            owner.button("Share").click();
            Locator dialog = owner.part("ww-dialog dialog");
            assertThat(dialog.locator(".shares .chip").first()).hasText("used up");
            assertThat(dialog.locator(".shares .told").first()).containsText("1 of 1 downloads");
            assertThat(dialog.locator(".shares .told").first()).containsText("B sent");
            assertThat(dialog.locator(".shares > li").last()).containsText("leads nowhere");
            assertThat(dialog.locator(".shares > li").last()).containsText("The API key that made or changed it last");
            owner.look("share-used");
            owner.isFaultless();
        }
    }

    private static String made(Visit owner) {
        owner.button("Share").click();
        Locator dialog = owner.part("ww-dialog dialog");
        dialog.getByLabel("Password").fill(LINK);
        dialog.getByLabel("Downloads at most").fill("9");
        owner.look("share-new");
        owner.button("Make a link").click();
        assertThat(dialog.locator(".shares > li")).hasCount(1);
        assertThat(dialog.locator(".shares")).containsText("0 of 9 downloads");
        assertThat(dialog.locator(".shares .chip").first()).hasText("open");
        owner.look("share-made");
        return dialog.locator(".shares code").first().textContent();
    }

    private static void unlock(Visit visitor, String password) {
        visitor.page().getByLabel("Password").fill(password);
        visitor.button("Open").click();
    }

    private static void revoke(Visit owner) {
        owner.button("Revoke").click();
        owner.part("ww-dialog").last().getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Revoke").setExact(true)).click();
        assertThat(owner.part(".shares")).hasCount(0);
    }
}
