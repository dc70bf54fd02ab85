package org.wallwhale.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.assertions.LocatorAssertions.IsVisibleOptions;
import com.microsoft.playwright.options.AriaRole;
import java.nio.file.Files;
import java.nio.file.Path;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
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

    private static String made(Visit owner) {
        owner.button("Share").click();
        Locator dialog = owner.part("ww-dialog dialog");
        dialog.getByLabel("Password").fill(LINK);
        dialog.getByLabel("Downloads at most").fill("9");
        owner.look("share-new");
        owner.button("Make a link").click();
        assertThat(dialog.locator(".shares li")).hasCount(1);
        assertThat(dialog.locator(".shares")).containsText("9 downloads at most");
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
