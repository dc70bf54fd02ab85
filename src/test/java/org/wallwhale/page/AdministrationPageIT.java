package org.wallwhale.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import java.util.List;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.wallwhale.Api;

/** What administrators do on the page. */
class AdministrationPageIT extends PageTest {
    private static final List<String> PAGES = List.of("dashboard", "users", "keys", "accounts", "audit", "health", "settings", "tools", "me", "welcome");

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

    @Test
    void aKeyIsMadeShownOnceUsedAndRevoked() {
        try (Visit visit = visitOf(administrator(), Look.LIGHT, "keys")) {
            visit.button("Create a key").first().click();
            visit.part("dialog").getByLabel("Name").first().fill("key of a journey");
            visit.part("dialog").locator("form button:not([type=button])").click();
            String key = visit.part("dialog ww-copy code").textContent();
            visit.look("key-created");
            Assertions.assertThat(Api.withKey(key).get(Api.DOWNLOADS).status()).isEqualTo(200);
            visit.button("I have noted it").click();
            assertThat(visit.part("ww-paged")).not().containsText(key);
            visit.page().getByLabel("Revoke “key of a journey”").click();
            visit.button("Revoke for good").click();
            assertThat(visit.part(".toasts")).containsText("was revoked");
            Assertions.assertThat(Api.withKey(key).get(Api.DOWNLOADS).status()).isEqualTo(401);
            visit.isFaultless();
        }
    }
}
