package org.wallwhale.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.wallwhale.Api;
import org.wallwhale.Api.Answer;
import org.wallwhale.HttpTest;

/** The page that shows the OpenAPI document. */
class DocsIT extends HttpTest {
    private static final Pattern PART = Pattern.compile("(?:src|href)=\"([^\":]+)\"");

    @Test
    void itIsAPageUnderTheSamePolicyAsEverythingElse() {
        Answer page = Api.anonymous().get("/docs");
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.header("Content-Type")).isEqualToIgnoringCase("text/html;charset=UTF-8");
        assertThat(page.header("Content-Security-Policy")).isEqualTo(HeadersFilter.PROTECTIVE.get("Content-Security-Policy"))
                .doesNotContain("unsafe");
        assertThat(page.text()).doesNotContain("<style", " style=", "<script>");
    }

    @Test
    void allThatItNeedsIsHere() {
        List<String> parts = PART.matcher(Api.anonymous().get("/docs").text()).results().map((MatchResult part) -> part.group(1)).toList();
        assertThat(parts).contains("openapi", "docs/docs.js", "docs/swagger-ui-bundle.js", "docs/swagger-ui.css");
        for (String part : parts) {
            Answer answer = Api.anonymous().get("/" + part);
            assertThat(answer.status()).as(part).isEqualTo(200);
            assertThat(answer.header("Content-Type")).as(part).matches("(application/json|(text|application)/javascript|text/css)(;.*)?");
        }
    }
}
