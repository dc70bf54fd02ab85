package org.wallwhale.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EntryNamesTest {
    @Test
    void harmlessNamesStayAsTheyAre() {
        List<String> paths = List.of("a", "A", "b/c d", "\u96e8/\ud83d\udc0b", "ab:*?\"<>|", "..a", "a..", " ", "e\u0301",
            "\u00e9");
        assertThat(EntryNames.of(paths)).isEqualTo(paths);
    }

    @Test
    void controlCharactersBackslashesAndDriveLettersAreReplaced() {
        assertThat(EntryNames.of(List.of("a\nb", "c\\d", "..\\..\\e", "\\f", "C:/g", "h/C:", "i\u0085", "j\ud83d", "k\u007f")))
            .containsExactly("a_b", "c_d", ".._.._e", "_f", "C_/g", "h/C:", "i_", "j_", "k_");
    }

    @Test
    void aNameThatNeededNoChangeKeepsItAndTheOthersAreNumbered() {
        assertThat(EntryNames.of(List.of("a\tb", "a\nb", "a\\b", "a_b", "a_b (3)")))
            .containsExactly("a_b (2)", "a_b (4)", "a_b (5)", "a_b", "a_b (3)");
    }

    @Test
    void aFolderIsRenamedWithAllThatIsInIt() {
        assertThat(EntryNames.of(List.of("x\\y/a", "x\\y/b\n", "x_y/a", "x_y/c\n")))
            .containsExactly("x_y (2)/a", "x_y (2)/b_", "x_y/a", "x_y/c_");
    }

    @Test
    void aFileNeverTakesTheNameOfAFolder() {
        assertThat(EntryNames.of(List.of("a\\b", "a_b/c"))).containsExactly("a_b (2)", "a_b/c");
        assertThat(EntryNames.of(List.of("a\\b/c", "a_b"))).containsExactly("a_b (2)/c", "a_b");
        assertThat(EntryNames.of(List.of("a\nb", "a\\b/c", "a_b/d\n"))).containsExactly("a_b (2)", "a_b (3)/c", "a_b/d_");
    }

    @Test
    void thousandsOfCollisionsAreNumberedOneByOne() {
        List<String> paths = IntStream.range(0, 65_536)
            .mapToObj(i -> IntStream.of(i >> 12, i >> 8, i >> 4, i).map(n -> 1 + (n & 15))
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append).toString())
            .toList();
        List<String> names = EntryNames.of(paths);
        assertThat(names).startsWith("____", "____ (2)", "____ (3)").endsWith("____ (65536)").doesNotHaveDuplicates();
    }

    @Test
    void namesAreSafeAndNeitherEqualNorFileAndFolderAtOnce() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int round = 0; round < 2_000; round++) {
            List<String> paths = tree(random);
            List<String> names = EntryNames.of(paths);
            Set<String> files = new HashSet<>(names);
            assertThat(files).as("seed %d, %s", seed, paths).hasSameSizeAs(names);
            for (String name : names) {
                assertThat(name).as("seed %d, %s", seed, paths).doesNotContain("\n", "\t", "\\");
                for (int slash = name.indexOf('/'); slash > 0; slash = name.indexOf('/', slash + 1)) {
                    assertThat(files).as("seed %d, %s", seed, paths).doesNotContain(name.substring(0, slash));
                }
            }
        }
    }

    /** Paths that can lie in one folder together: no file is the folder of another. */
    private static List<String> tree(Random random) {
        Set<String> files = new LinkedHashSet<>();
        Set<String> folders = new HashSet<>();
        for (int i = random.nextInt(30); i > 0; i--) {
            StringBuilder path = new StringBuilder();
            Set<String> above = new HashSet<>();
            for (int depth = random.nextInt(3); depth >= 0; depth--) {
                path.append("a_\\\n\t".charAt(random.nextInt(5))).append(random.nextInt(4) == 0 ? " (2)" : "");
                if (depth > 0) {
                    above.add(path.toString());
                    path.append('/');
                }
            }
            if (!folders.contains(path.toString()) && above.stream().noneMatch(files::contains)) {
                files.add(path.toString());
                folders.addAll(above);
            }
        }
        return List.copyOf(files);
    }
}
