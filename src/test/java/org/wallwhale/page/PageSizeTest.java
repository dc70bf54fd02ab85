package org.wallwhale.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a browser fetches until a page is there: all that its modules import, their texts and sheets, compressed. */
class PageSizeTest {
    private static final Path WEBAPP = Path.of("src/main/webapp");
    private static final Path APP = WEBAPP.resolve("app");
    private static final int MOST = 80_000;
    private static final Pattern FROM_THE_FRAME = Pattern.compile("(?:href|src)=\"(app/[^\"]+)\"");
    private static final Pattern IMPORT = Pattern.compile("^(?:import|export)\\b[^;]*?'(\\.[^']+)'", Pattern.MULTILINE);
    private static final Pattern LATER = Pattern.compile("import\\('(\\.[^']*/vendor/[^']+)'\\)");
    private static final Pattern TEXTS = Pattern.compile("need\\(([^)]*)\\)");
    private static final Pattern SHEETS = Pattern.compile("sheet\\('([^']+)'\\)");
    private static final Pattern NAME = Pattern.compile("'([^']+)'");

    static List<Path> pages() throws IOException {
        try (Stream<Path> all = Files.list(APP.resolve("pages"))) {
            return all.sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("pages")
    void aPageIsSmall(Path page) throws IOException {
        Set<Path> files = new HashSet<>();
        Deque<Path> open = new ArrayDeque<>(frame());
        open.add(page);
        while (!open.isEmpty()) {
            Path file = open.remove().normalize();
            if (files.add(file) && file.toString().endsWith(".js")) {
                open.addAll(neededBy(file));
            }
        }
        int bytes = 0;
        for (Path file : files) {
            bytes += compressed(file);
        }
        assertThat(bytes).as("compressed bytes of " + files).isBetween(20_000, MOST);
    }

    private static List<Path> frame() throws IOException {
        Stream<Path> named = FROM_THE_FRAME.matcher(Files.readString(WEBAPP.resolve("index.html"))).results()
                .map((MatchResult file) -> WEBAPP.resolve(file.group(1)));
        return Stream.concat(named, Stream.of(WEBAPP.resolve("index.html"), APP.resolve("icons.svg"), APP.resolve("text/en/shell.js"))).toList();
    }

    private static List<Path> neededBy(Path module) throws IOException {
        String text = Files.readString(module);
        Stream<Path> imports = Stream.of(IMPORT, LATER).flatMap(kind -> kind.matcher(text).results()).map(one -> module.resolveSibling(one.group(1)));
        Stream<Path> texts = TEXTS.matcher(text).results().flatMap(one -> NAME.matcher(one.group(1)).results())
                .map(one -> APP.resolve("text/en/" + one.group(1) + ".js"));
        Stream<Path> sheets = SHEETS.matcher(text).results().map(one -> APP.resolve(one.group(1) + ".css"));
        return Stream.of(imports, texts, sheets).flatMap(paths -> paths).toList();
    }

    private static int compressed(Path file) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(Files.readAllBytes(file));
        }
        return bytes.size();
    }
}
