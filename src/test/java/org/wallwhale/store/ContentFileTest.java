package org.wallwhale.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContentFileTest {
    private static final String SHA256 = "0123456789abcdef".repeat(4);

    @TempDir
    private Path root;

    @ParameterizedTest
    @ValueSource(strings = {
        "", "/", "/etc/passwd", "..", "../a", "a/../b", "a/..", ".", "./a", "a/./b", "a//b", "a/", "a\0b", "//a",
    })
    void aPathThatIsNotBelowTheFolderIsRefused(String path) {
        assertThatThrownBy(() -> new ContentFile(path, 1, 1, SHA256)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "a/b", "...", "..a/b", "a..", ".a", "a\nb", "a\\..\\b", " ", "\u96e8"})
    void everyPathBelowTheFolderIsAccepted(String path) {
        assertThat(new ContentFile(path, 0, 0xFFFF_FFFFL, SHA256).path()).isEqualTo(path);
    }

    @Test
    void impossibleSizesAndDigestsAreRefused() {
        assertThatThrownBy(() -> new ContentFile("a", -1, 1, SHA256)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new ContentFile("a", 1, -1, SHA256)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new ContentFile("a", 1, 1L << 32, SHA256)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new ContentFile("a", 1, 1, "00")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new ContentFile("a", 1, 1, SHA256.toUpperCase())).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void itsTagIsItsDigest() {
        assertThat(new ContentFile("a", 1, 1, SHA256).etag()).isEqualTo("\"" + SHA256 + "\"");
    }

    @Test
    void aPartOfItIsRead() throws IOException {
        Files.writeString(root.resolve("a"), "0123456789");
        ContentFile file = new ContentFile("a", 10, 1, SHA256);
        assertThat(read(file, 0, 10)).isEqualTo("0123456789");
        assertThat(read(file, 3, 5)).isEqualTo("34");
        assertThat(read(file, 5, 5)).isEmpty();
        assertThatThrownBy(() -> read(file, 5, 11)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void aChangedFileIsNamedAndNothingOfItIsRead() throws IOException {
        ContentFile file = new ContentFile("a", 10, 1, SHA256);
        assertThatThrownBy(() -> read(file, 0, 10)).isInstanceOf(ContentChangedException.class)
            .hasMessage("The stored file \"a\" is gone.");
        Files.writeString(root.resolve("a"), "01234567890");
        assertThatThrownBy(() -> read(file, 0, 10)).isInstanceOf(ContentChangedException.class)
            .hasMessage("The stored file \"a\" has 11 bytes; it had 10 when it was stored.");
    }

    @Test
    void aLinkInItsPlaceIsNotFollowed() throws IOException {
        Files.writeString(root.resolve("other"), "0123456789");
        Files.createSymbolicLink(root.resolve("a"), root.resolve("other"));
        assertThatThrownBy(() -> read(new ContentFile("a", 10, 1, SHA256), 0, 10)).isInstanceOf(IOException.class);
    }

    private String read(ContentFile file, long from, long toExclusive) throws IOException {
        try (InputStream in = file.open(from, toExclusive, root::resolve)) {
            return new String(in.readAllBytes(), UTF_8);
        }
    }
}
