package org.wallwhale.download;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.wallwhale.Api;
import org.wallwhale.HttpTest;

/** Every scenario of the sandbox that ends by itself, from the submit to its end. */
class ScenariosIT extends HttpTest {
    private static final String SCENARIOS = """
            00, success,                1
            01, success,                1
            02, success,                1
            03, success,                1
            04, success,                1
            05, success,                1
            06, success,                2
            07, success,                1
            08, success,                1
            13, wrong_password,         1
            15, session_expired,        1
            20, not_owned,              1
            21, not_owned,              1
            22, key_refused,            1
            23, item_not_found,         1
            24, item_denied,            1
            25, collection,             1
            26, version_unavailable,    1
            27, content_server_refused, 3
            28, steam_timeout,          3
            41, success,                1
            42, success,                1
            43, steam_timeout,          3
            44, unsafe_content,         1
            50, tool_crashed,           3
            51, tool_crashed,           3
            52, tool_crashed,           3
            54, success,                1
            55, success,                1
            57, disk_full,              3
            58, not_writable,           1
            59, empty_result,           3
            60, incomplete_content,     3
            61, success,                1
            62, success,                1
            63, not_writable,           1
            """;
    private static final Map<String, String> IDS = new TreeMap<>();
    private static Api user;

    @BeforeAll
    static void submitAll() {
        user = Api.secondUser();
        SCENARIOS.lines().map(line -> line.substring(0, 2))
                .forEach(number -> IDS.put(number, user.submit("42000000" + number).get("id").textValue()));
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(textBlock = SCENARIOS)
    void endsAsItShouldAfterThatManyAttempts(String number, String end, int attempts) {
        JsonNode download = user.awaitFinished(IDS.get(number));
        boolean success = end.equals("success");
        assertThat(download.get("status").textValue()).as(download.toString()).isEqualTo(success ? "success" : "failed");
        assertThat(download.get("contentAvailable").booleanValue()).isEqualTo(success);
        assertThat(download.get("attempt").intValue()).as(download.toString()).isEqualTo(attempts);
        if (success) {
            assertThat(download.get("error").isNull()).isTrue();
        } else {
            JsonNode error = download.get("error");
            assertThat(error.get("code").textValue()).as(download.toString()).isEqualTo(end);
            assertThat(error.get("message").textValue()).endsWith(".").doesNotContain("/tmp", "target", "Exception", "org.");
            assertThat(error.get("advice").textValue()).endsWith(".");
            assertThat(download.get("errorMessage")).isEqualTo(error.get("message"));
        }
    }
}
