package org.wallwhale.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A search that finds nothing is worth what it would have found. */
class CanaryTest {
    private static final String SECRET = "a pässword of 22 bytes";

    @Test
    void everyFormIsFoundWhereverItStands() {
        byte[] utf8 = SECRET.getBytes(StandardCharsets.UTF_8);
        Stream<byte[]> places = Stream.of(utf8, SECRET.getBytes(StandardCharsets.UTF_16BE), SECRET.getBytes(StandardCharsets.UTF_16LE),
                SECRET.getBytes(StandardCharsets.ISO_8859_1), ascii(HexFormat.of().formatHex(utf8)),
                ascii(URLEncoder.encode(SECRET, StandardCharsets.UTF_8)),
                base64("", SECRET, ""), base64("u:", SECRET, ":x"), base64("me:", SECRET, "\n"), base64("user", SECRET, ""));
        assertThat(places.toList()).allSatisfy(content -> {
            Canary canary = new Canary();
            canary.look("here", "begins ");
            canary.look("here", content);
            canary.look("there", "nothing");
            canary.mark("it", SECRET);
            assertThat(canary.found()).isNotEmpty().allMatch(sentence -> sentence.startsWith("it, ") && sentence.endsWith(" in here"));
        });
    }

    @Test
    void theSignatureOfATokenIsOneByItself() {
        Canary canary = new Canary();
        canary.mark("a token", "head.body.signature");
        canary.look("here", "only the signature");
        assertThat(canary.found()).contains("the signature of a token, plain, in here");
    }

    @Test
    void whatIsNotThereIsNotFound() {
        Canary canary = new Canary();
        canary.mark("it", SECRET);
        for (String other : List.of("", "a pässword of 22 byte", "A PÄSSWORD OF 22 BYTES")) {
            canary.look("here", other);
        }
        assertThat(canary.found()).isEmpty();
    }

    private static byte[] base64(String before, String secret, String after) {
        return Base64.getEncoder().encode((before + secret + after).getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
