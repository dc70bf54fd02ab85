package org.wallwhale.rest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLDecoder;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ContentDispositionTest {
    private static final String HEADER =
        "attachment; filename=\"[ !#$&-\\[\\]-~]+\"; filename\\*=UTF-8''(?:[A-Za-z0-9!#$&+.^_`|~-]|%[0-9A-F]{2})+";

    static Stream<Arguments> names() {
        return Stream.of(
            Arguments.of("Blue whale.zip", "Blue whale.zip", "Blue%20whale.zip"),
            Arguments.of("Caf\u00e9.zip", "Caf_.zip", "Caf%C3%A9.zip"),
            Arguments.of("\u96e8\ud83d\udc0b.zip", "__.zip", "%E9%9B%A8%F0%9F%90%8B.zip"),
            Arguments.of("a\"b;c=d.zip", "a_b;c=d.zip", "a%22b%3Bc%3Dd.zip"),
            Arguments.of("100%41.zip", "100_41.zip", "100%2541.zip"),
            Arguments.of("it's (new)*.zip", "it's (new)*.zip", "it%27s%20%28new%29%2A.zip"),
            Arguments.of("a\r\nSet-Cookie: x=1", "a__Set-Cookie: x=1", "a__Set-Cookie%3A%20x%3D1"),
            Arguments.of("../../etc/passwd", ".._.._etc_passwd", ".._.._etc_passwd"),
            Arguments.of("..\\C:\\x.exe", ".._C:_x.exe", ".._C%3A_x.exe"),
            Arguments.of("harmless\u202epiz.exe", "harmless_piz.exe", "harmless_piz.exe"),
            Arguments.of("a\0b\u007fc\u0085d", "a_b_c_d", "a_b_c_d"),
            Arguments.of("half\ud83d.zip", "half_.zip", "half_.zip"),
            Arguments.of("  spaced  ", "spaced", "spaced"),
            Arguments.of("", "download", "download"),
            Arguments.of("   ", "download", "download"),
            Arguments.of("..", "download", "download"));
    }

    @ParameterizedTest
    @MethodSource("names")
    void theNameStandsInAsciiAndInFull(String name, String ascii, String encoded) {
        assertThat(ContentDisposition.attachment(name))
            .isEqualTo("attachment; filename=\"" + ascii + "\"; filename*=UTF-8''" + encoded);
    }

    @Test
    void longNamesKeepTheirExtensionAndFitFileSystems() {
        assertThat(decoded("x".repeat(300) + ".zip")).isEqualTo("x".repeat(251) + ".zip");
        assertThat(decoded("\u96e8".repeat(100) + ".zip")).isEqualTo("\u96e8".repeat(83) + ".zip");
        assertThat(decoded("x".repeat(250) + ".zip")).isEqualTo("x".repeat(250) + ".zip");
        assertThat(decoded("a." + "x".repeat(300))).isEqualTo("a." + "x".repeat(253));
    }

    @Test
    void noNameBreaksOut() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            StringBuilder name = new StringBuilder();
            for (int j = random.nextInt(20); j > 0; j--) {
                name.append((char) (random.nextBoolean() ? random.nextInt(0x80) : random.nextInt(0x10000)));
            }
            assertThat(ContentDisposition.attachment(name.toString())).as("seed %d", seed).matches(HEADER);
            assertThat(decoded(name.toString())).as("seed %d", seed).isNotBlank().doesNotContain("/", "\\", "\r", "\n", "\0");
        }
    }

    private static String decoded(String name) {
        String header = ContentDisposition.attachment(name);
        return URLDecoder.decode(header.substring(header.indexOf("''") + 2).replace("+", "%2B"), UTF_8);
    }
}
