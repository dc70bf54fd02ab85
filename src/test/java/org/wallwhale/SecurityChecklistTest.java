package org.wallwhale;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;

/** Holds docs/security.md to the tests that it names. */
class SecurityChecklistTest {
    private static final Path DOCUMENT = Path.of("docs", "security.md");
    private static final int ROWS = 69;
    private static final Pattern ROW = Pattern.compile("\\| (\\d+) \\| ([^|]+) \\| ([^|]+) \\| ([^|]+) \\|");
    private static final Pattern TEST = Pattern.compile("`(\\w+)(?:\\.(\\w+))?`");

    private record Row(int number, String how, List<String> tests) {
        boolean isForLater() {
            return how.startsWith("not yet");
        }
    }

    @Test
    void everyRowOfTheChecklistIsThereOnceAndInItsOrder() throws IOException {
        assertThat(rows()).extracting(Row::number).containsExactlyElementsOf(IntStream.rangeClosed(1, ROWS).boxed().toList());
    }

    @Test
    void everyRowNamesATestUnlessItsFeatureIsNotThereYet() throws IOException {
        assertThat(rows()).filteredOn(row -> !row.isForLater()).allSatisfy(row -> assertThat(row.tests()).isNotEmpty());
    }

    @Test
    void everyTestThatIsNamedExists() throws IOException {
        Map<String, Set<String>> tests = testsByClass();
        for (Row row : rows()) {
            for (String test : row.tests()) {
                String[] parts = test.split("\\.");
                assertThat(tests).as("row " + row.number()).containsKey(parts[0]);
                assertThat(tests.get(parts[0])).as("row " + row.number()).isNotEmpty().containsAll(List.of(parts).subList(1, parts.length));
            }
        }
    }

    private static List<Row> rows() throws IOException {
        List<Row> rows = new ArrayList<>();
        for (String line : Files.readAllLines(DOCUMENT)) {
            Matcher row = ROW.matcher(line);
            if (row.matches()) {
                rows.add(new Row(Integer.parseInt(row.group(1)), row.group(3), TEST.matcher(row.group(4)).results()
                        .map(test -> test.group().replace("`", "")).toList()));
            }
        }
        return rows;
    }

    /** The methods that JUnit runs, by the simple name of the class that has them. */
    private static Map<String, Set<String>> testsByClass() throws IOException {
        Path root = Path.of("target", "test-classes");
        try (Stream<Path> files = Files.walk(root.resolve("org/wallwhale"))) {
            return files.map(file -> root.relativize(file).toString()).filter(name -> name.matches("[^$]+\\.class"))
                    .map(name -> type(name.replaceFirst("\\.class$", "").replace(File.separatorChar, '.')))
                    .collect(Collectors.toMap(Class::getSimpleName, type -> Arrays.stream(type.getDeclaredMethods())
                            .filter(method -> method.isAnnotationPresent(Test.class) || method.isAnnotationPresent(ParameterizedTest.class))
                            .map(Method::getName).collect(Collectors.toSet()),
                            (one, other) -> Stream.of(one, other).flatMap(Set::stream).collect(Collectors.toSet())));
        }
    }

    private static Class<?> type(String name) {
        try {
            return Class.forName(name, false, SecurityChecklistTest.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    }
}
