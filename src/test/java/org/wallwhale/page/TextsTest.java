package org.wallwhale.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the page says, in each language. */
class TextsTest {
    private static final Path APP = Path.of("src/main/webapp/app");
    private static final Pattern KEY = Pattern.compile("^    '([^']+)':", Pattern.MULTILINE);
    private static final Pattern USED = Pattern.compile("\\bt\\('([^']+)'");

    @ParameterizedTest
    @MethodSource("areas")
    void allLanguagesSayTheSameThings(String area) throws IOException {
        List<String> english = keys("en", area);
        assertThat(keys("de", area)).isEqualTo(english).isNotEmpty().doesNotHaveDuplicates();
    }

    @Test
    void everyTextThatThePageNamesIsThere() throws IOException {
        Set<String> known = areas().stream().flatMap(area -> keys("en", area).stream()).collect(Collectors.toSet());
        assertThat(used()).isNotEmpty().isSubsetOf(known);
    }

    static List<String> areas() throws IOException {
        try (Stream<Path> all = Files.list(APP.resolve("text/en"))) {
            return all.map(file -> file.getFileName().toString().replace(".js", "")).toList();
        }
    }

    private static List<String> keys(String language, String area) {
        try {
            return KEY.matcher(Files.readString(APP.resolve("text").resolve(language).resolve(area + ".js"))).results()
                    .map((MatchResult key) -> key.group(1)).sorted().toList();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static Set<String> used() throws IOException {
        Set<String> used = new TreeSet<>();
        try (Stream<Path> all = Files.walk(APP)) {
            for (Path file : all.filter(path -> path.toString().endsWith(".js") && !path.toString().contains("vendor")).toList()) {
                USED.matcher(Files.readString(file)).results().forEach(key -> used.add(key.group(1)));
            }
        }
        return used;
    }
}
