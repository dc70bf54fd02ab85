package org.wallwhale.page;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.UUID;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.wallwhale.Api;
import org.wallwhale.HttpTest;

/** A test of the page in a browser, against the server under test. Each visitor is a user of its own, so that none sees another's downloads. */
abstract class PageTest extends HttpTest {
    static final String PASSWORD = "a password for the page";
    private static Chromium chromium;

    @BeforeAll
    static void start() {
        chromium = new Chromium();
    }

    @AfterAll
    static void end() {
        chromium.close();
    }

    static Visit visit(Look look) {
        return chromium.visit(Api.ROOT, look);
    }

    /** A new administrator, by mail address. */
    static String administrator() {
        String email = "page-" + UUID.randomUUID() + "@example.org";
        ObjectNode user = Api.object().put("email", email).put("role", "admin").put("password", PASSWORD).put("mustChangePassword", false);
        Assertions.assertThat(Api.administrator().post("/api/v1/admin/users", user).status()).isEqualTo(201);
        return email;
    }

    /** The page of a new administrator. */
    static Visit visitOf(String email, Look look, String place) {
        return visit(look).open(place).login(email, PASSWORD);
    }

    /** The same person, by the API. */
    static Api api(String email) {
        return Api.withToken(Api.token(email, PASSWORD));
    }

    /** A number that no other test uses, which the sandbox takes as its last two digits say. */
    static String item(String ending) {
        return 7 + String.valueOf(UUID.randomUUID().getMostSignificantBits() & 0xffffffffL) + ending;
    }
}
