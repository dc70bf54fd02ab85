package org.wallwhale.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.wallwhale.Api;
import org.wallwhale.Api.Answer;
import org.wallwhale.HttpTest;

/** The files of the web page, for everybody. */
class PageIT extends HttpTest {
    private static final String FILE = "/app/main.js";
    private final Api anybody = Api.anonymous();

    @Test
    void thePageIsAtTheRootAndMayMakeNoMarkupOfTexts() {
        Answer page = anybody.get("/");
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.header("Content-Type")).startsWith("text/html");
        assertThat(page.text()).contains("app/main.js");
        assertThat(page.response().headers().allValues("Content-Security-Policy")).singleElement().asString()
                .contains("require-trusted-types-for 'script'");
        assertThat(anybody.get("/index.html").text()).isEqualTo(page.text());
        Answer head = anybody.head("/");
        assertThat(head.status()).isEqualTo(200);
        assertThat(head.header("ETag")).isEqualTo(page.header("ETag"));
    }

    @Test
    void aFileIsSentCompressedAndNotAgainToWhoHasIt() throws IOException {
        Answer plain = anybody.get(FILE, "Accept-Encoding", "gzip;q=0");
        Answer compressed = anybody.get(FILE, "Accept-Encoding", "br, gzip");
        assertThat(plain.header("Content-Encoding")).isEmpty();
        assertThat(compressed.header("Content-Encoding")).isEqualTo("gzip");
        assertThat(new GZIPInputStream(new ByteArrayInputStream(compressed.bytes())).readAllBytes()).isEqualTo(plain.bytes());
        assertThat(compressed.header("ETag")).isNotEqualTo(plain.header("ETag"));
        for (String has : new String[] {plain.header("ETag"), "\"x\", W/" + plain.header("ETag"), "*"}) {
            Answer again = anybody.get(FILE, "If-None-Match", has);
            assertThat(again.status()).as(has).isEqualTo(304);
            assertThat(again.bytes()).isEmpty();
        }
        assertThat(anybody.get(FILE, "If-None-Match", compressed.header("ETag")).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/app/../WEB-INF/web.xml", "/app/%2e%2e/WEB-INF/web.xml", "/app/../WEB-INF/classes/META-INF/microprofile-config.properties",
        "/app//main.js", "/app/./main.js", "/app/../app/main.js", "/app/", "/app", "/app/nothing.js"})
    void noOtherPathFindsAFile(String path) {
        assertThat(anybody.get(path).status()).isEqualTo(404);
    }
}
