package org.wallwhale.share;

import static org.assertj.core.api.Assertions.assertThat;
import static org.wallwhale.Api.DOWNLOADS;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.http.HttpRequest.BodyPublishers;
import org.junit.jupiter.api.BeforeAll;
import org.wallwhale.Api;
import org.wallwhale.Api.Answer;
import org.wallwhale.HttpTest;

/** An owner with a download to share, and strangers. */
abstract class SharingTest extends HttpTest {
    static final String PASSWORD = "four plain words here";
    static final String SHARES = "/api/v1/shares/";
    static final Api STRANGER = Api.anonymous();
    static Api owner;
    static String download;
    static byte[] whole;

    @BeforeAll
    static void fetchOne() {
        owner = Api.secondUser();
        download = owner.submit("4810000000").get("id").textValue();
        assertThat(owner.awaitFinished(download).get("status").textValue()).isEqualTo("success");
        whole = owner.get(DOWNLOADS + "/" + download + "/zip").bytes();
    }

    static JsonNode share(ObjectNode terms) {
        Answer made = owner.post(DOWNLOADS + "/" + download + "/shares", terms);
        assertThat(made.status()).as(made.text()).isEqualTo(201);
        return made.json();
    }

    static Answer patch(JsonNode share, ObjectNode terms) {
        return owner.send("PATCH", SHARES + id(share), BodyPublishers.ofString(terms.toString()), "Content-Type", "application/json");
    }

    static String id(JsonNode share) {
        return share.get("id").textValue();
    }

    static String path(JsonNode share) {
        String url = share.get("url").textValue();
        assertThat(url).startsWith(Api.ROOT + "/s/");
        return "/api/v1/shared/" + url.substring(url.lastIndexOf('/') + 1);
    }
}
