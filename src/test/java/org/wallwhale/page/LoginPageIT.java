package org.wallwhale.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Getting in and out of the page. */
class LoginPageIT extends PageTest {

    @ParameterizedTest
    @EnumSource
    void whoeverIsNotLoggedInSeesTheLoginAndNothingElse(Look look) {
        try (Visit visit = visit(look)) {
            visit.open("users");
            assertThat(visit.part("ww-login")).isVisible();
            assertThat(visit.part("header.top")).hasCount(0);
            visit.look("login");
            visit.isFaultless();
        }
    }

    @Test
    void aWrongPasswordIsToldWhereItWasEntered() {
        try (Visit visit = visit(Look.LIGHT)) {
            visit.open("queue");
            visit.part("ww-login").getByLabel("Mail address").fill("nobody@example.org");
            visit.part("ww-login").getByLabel("Password").fill("not the password");
            visit.button("Log in").click();
            assertThat(visit.part("ww-login .fault")).isVisible();
            visit.isFaultlessBut("401");
        }
    }

    @Test
    void aSessionOutlivesAReloadAndEndsWithTheLogout() {
        try (Visit visit = visit(Look.LIGHT)) {
            visit.open("queue").login(administrator(), PASSWORD);
            visit.page().reload();
            assertThat(visit.part("header.top")).isVisible();
            visit.page().getByLabel("Account and view").click();
            visit.button("Log out").click();
            assertThat(visit.part("ww-login")).isVisible();
            visit.page().reload();
            assertThat(visit.part("ww-login")).isVisible();
            // of what the page asked for when the session ended
            visit.isFaultlessBut("401 (Unauthorized)");
        }
    }

    @Test
    void aSessionThatEndsByALogoutIsNotSaidToHaveEndedByItself() {
        try (Visit visit = visit(Look.LIGHT)) {
            visit.open("queue").login(administrator(), PASSWORD);
            visit.page().evaluate("""
                    async () => {
                        const {session} = await import(new URL('app/core/session.js', document.baseURI));
                        const left = session.logout();
                        session.expire();
                        await left;
                        session.expire();
                    }""");
            assertThat(visit.part("ww-login")).isVisible();
            assertThat(visit.part("ww-login")).not().containsText("session");
        }
    }
}
