package org.wallwhale.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import java.util.List;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.wallwhale.Api;

/** What administrators do on the page. */
class AdministrationPageIT extends PageTest {
    @Test
    void aKeyIsMadeShownOnceUsedRotatedAndRevoked() {
        try (Visit visit = visitOf(administrator(), Look.LIGHT, "keys")) {
            visit.button("Create a key").first().click();
            visit.part("dialog").getByLabel("Name").first().fill("key of a journey");
            visit.part("dialog").locator("form button:not([type=button])").click();
            String key = visit.part("dialog ww-copy code").textContent();
            visit.look("key-created");
            Assertions.assertThat(Api.withKey(key).get(Api.DOWNLOADS).status()).isEqualTo(200);
            visit.button("I have noted it").click();
            assertThat(visit.part("ww-paged")).not().containsText(key);
            visit.page().getByLabel("Give “key of a journey” a new text").click();
            visit.button("Make a new text").click();
            String newKey = visit.part("dialog ww-copy code").textContent();
            visit.button("I have noted it").click();
            for (String text : List.of(key, newKey)) {
                Assertions.assertThat(Api.withKey(text).get(Api.DOWNLOADS).status()).as("the old text has its time of grace").isEqualTo(200);
            }
            visit.page().getByLabel("Revoke “key of a journey”").click();
            visit.button("Revoke for good").click();
            assertThat(visit.part(".toasts")).containsText("was revoked");
            for (String text : List.of(key, newKey)) {
                Assertions.assertThat(Api.withKey(text).get(Api.DOWNLOADS).status()).isEqualTo(401);
            }
            visit.isFaultless();
        }
    }
}
