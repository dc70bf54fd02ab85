package org.wallwhale.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wallwhale.rest.ReprDigest;

class ZipViewTest {
    private static final String EMPTY_SHA256 = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    @TempDir
    private Path root;
    private List<ContentFile> files;
    private ZipView view;

    @BeforeEach
    void fillTheFolder() throws IOException {
        Files.createDirectory(root.resolve("d"));
        Files.writeString(root.resolve("z"), "last");
        Files.createFile(root.resolve("d/empty"));
        byte[] large = new byte[600_000];
        new Random(1).nextBytes(large);
        Files.write(root.resolve("d/large"), large);
        Files.writeString(root.resolve("\u96e8"), "rain");
        files = ContentScan.of(root, List.of("z", "d/empty", "d/large", "\u96e8"));
        view = new ZipView(files);
    }

    @Test
    void itsLengthIsThatOfItsBytes() throws IOException {
        assertThat(whole(view)).hasSize((int) view.length());
        assertThat(new ZipView(List.of()).length()).isEqualTo(22);
    }

    @Test
    void twoHundredRandomRangesStitchedTogetherAreTheWhole() throws IOException {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        byte[] whole = whole(view);
        long[] cuts = random.longs(199, 0, view.length() + 1).sorted().toArray();
        ByteArrayOutputStream stitched = new ByteArrayOutputStream();
        long from = 0;
        for (long cut : cuts) {
            stitched.writeBytes(range(view, from, cut));
            from = cut;
        }
        stitched.writeBytes(range(view, from, view.length()));
        assertThat(Arrays.mismatch(stitched.toByteArray(), whole)).as("seed %d", seed).isEqualTo(-1);
    }

    @Test
    void anyRangeIsThatPartOfTheWhole() throws IOException {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        byte[] whole = whole(view);
        for (int i = 0; i < 200; i++) {
            int from = random.nextInt(whole.length + 1);
            int to = from + random.nextInt(whole.length - from + 1);
            assertThat(Arrays.mismatch(range(view, from, to), Arrays.copyOfRange(whole, from, to)))
                .as("seed %d, %d to %d", seed, from, to).isEqualTo(-1);
        }
    }

    @Test
    void everyRangeOfASmallZipIsRight() throws IOException {
        ZipView small = new ZipView(files.stream().filter(file -> file.sizeBytes() < 10).toList());
        byte[] whole = whole(small);
        for (int from = 0; from <= whole.length; from++) {
            for (int to : new int[] {from, from + 1, from + 2, from + 40, whole.length}) {
                int end = Math.min(to, whole.length);
                assertThat(range(small, from, end)).isEqualTo(Arrays.copyOfRange(whole, from, end));
            }
        }
    }

    @Test
    void aRangeBeyondTheEndIsRefused() {
        assertThatThrownBy(() -> range(view, 0, view.length() + 1)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> range(view, -1, 5)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> range(view, 6, 5)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void theOrderOfTheListDoesNotMatter() throws IOException {
        List<ContentFile> shuffled = new ArrayList<>(files);
        Collections.reverse(shuffled);
        assertThat(new ZipView(shuffled).etag()).isEqualTo(view.etag());
        assertThat(whole(new ZipView(shuffled))).isEqualTo(whole(view));
    }

    @Test
    void entriesAreInTheOrderOfTheirBytes() throws IOException {
        Stream<String> paths = Stream.of("\uffee", "b", "\ud83d\udc0b", "B", "a/b", "a");
        byte[] zip = whole(new ZipView(paths.map(ZipViewTest::empty).toList()));
        List<String> names = new ArrayList<>();
        ZipInputStream entries = new ZipInputStream(new ByteArrayInputStream(zip));
        for (ZipEntry entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
            names.add(entry.getName());
        }
        assertThat(names).containsExactly("B", "a", "a/b", "b", "\uffee", "\ud83d\udc0b");
    }

    @Test
    void equalFilesGiveTheSameBytesInEveryRelease() throws IOException {
        assertThat(HexFormat.of().formatHex(view.sha256(root)))
            .as("raise the format in ZipView together with this digest and tag")
            .isEqualTo("b8cbfd817e1db50141c9a11d3440de9ff5a93a4084e6bdfb95c775b8bf3890b0");
        assertThat(view.etag()).isEqualTo("\"38caccc5af965d644060f993d1904ef7\"");
    }

    @Test
    void theTagDiffersWithEveryNameSizeAndDigest() {
        ContentFile file = new ContentFile("a", 1, 1, EMPTY_SHA256);
        List<ZipView> views = List.of(new ZipView(List.of()), new ZipView(List.of(file)),
            new ZipView(List.of(new ContentFile("b", 1, 1, EMPTY_SHA256))),
            new ZipView(List.of(new ContentFile("a", 2, 1, EMPTY_SHA256))),
            new ZipView(List.of(new ContentFile("a", 1, 2, EMPTY_SHA256))),
            new ZipView(List.of(new ContentFile("a", 1, 1, "00" + EMPTY_SHA256.substring(2)))),
            new ZipView(List.of(file, new ContentFile("b", 1, 1, EMPTY_SHA256))));
        assertThat(views.stream().map(ZipView::etag)).doesNotHaveDuplicates().allMatch(tag -> tag.matches("\"[0-9a-f]{32}\""));
    }

    @Test
    void theDigestIsThatOfTheWhole() throws Exception {
        Path zip = Files.write(root.resolve("all.zip"), whole(view));
        byte[] sha256 = view.sha256(root);
        assertThat(Program.output("openssl", "dgst", "-sha256", "-r", zip.toString()))
            .startsWith(HexFormat.of().formatHex(sha256));
    }

    @Test
    void theDigestHeaderIsThatOfTheStandard() {
        // The digest of RFC 9530, appendix B.1: {"hello": "world"} and a line feed.
        byte[] sha256 = Sha256.digest().digest("{\"hello\": \"world\"}\n".getBytes(UTF_8));
        assertThat(ReprDigest.ofSha256(sha256)).isEqualTo("sha-256=:RK/0qy18MlBSVnWgjwz6lZEWjP/lF5HF9bvEF8FabDg=:");
    }

    @Test
    void onlyFilesInTheRangeAreRead() throws IOException {
        byte[] before = whole(view);
        Files.delete(root.resolve("d/large"));
        int large = 30 + "d/empty".length() + 30 + "d/large".length();
        int behind = large + 600_000;
        assertThat(range(view, 0, large)).isEqualTo(Arrays.copyOfRange(before, 0, large));
        assertThat(range(view, behind, view.length())).isEqualTo(Arrays.copyOfRange(before, behind, before.length));
        assertThatThrownBy(() -> range(view, large, large + 1)).isInstanceOf(ContentChangedException.class)
            .hasMessageContaining("\"d/large\" is gone");
    }

    @Test
    void aFileThatShrinksWhileItIsReadIsNamed() throws IOException {
        try (InputStream in = view.open(0, view.length(), root)) {
            in.readNBytes(100_000);
            Files.write(root.resolve("d/large"), new byte[200_000]);
            assertThatThrownBy(in::readAllBytes).isInstanceOf(ContentChangedException.class)
                .hasMessage("The stored file \"d/large\" became shorter while it was read.");
        }
    }

    @Test
    void nothingIsReadOnceItIsClosed() throws IOException {
        InputStream in = view.open(0, view.length(), root);
        in.readNBytes(100_000);
        in.close();
        assertThatThrownBy(in::read).isInstanceOf(IOException.class);
    }

    @Test
    void bytesAreTheSameOneByOne() throws IOException {
        ZipView small = new ZipView(files.stream().filter(file -> file.sizeBytes() < 10).toList());
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (InputStream in = small.open(0, small.length(), root)) {
            for (int one = in.read(); one >= 0; one = in.read()) {
                bytes.write(one);
            }
        }
        assertThat(bytes.toByteArray()).isEqualTo(whole(small));
    }

    @Test
    void aFileOfAnotherLengthIsNamed() throws IOException {
        Files.delete(root.resolve("z"));
        Files.writeString(root.resolve("z"), "longer");
        assertThatThrownBy(() -> view.sha256(root)).isInstanceOf(ContentChangedException.class)
            .hasMessage("The stored file \"z\" has 6 bytes; it had 4 when it was stored.");
    }

    @Test
    void namesTooLongForAZipAndPathsListedTwiceAreRefused() {
        assertThat(new ZipView(List.of(empty("x".repeat(65_535)))).length()).isEqualTo(30 + 46 + 2 * 65_535 + 22);
        assertThatThrownBy(() -> new ZipView(List.of(empty("x".repeat(65_536))))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new ZipView(List.of(empty("a"), empty("b"), empty("a"))))
            .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("\"a\"");
    }

    private byte[] whole(ZipView zip) throws IOException {
        return range(zip, 0, zip.length());
    }

    private byte[] range(ZipView zip, long from, long toExclusive) throws IOException {
        try (InputStream in = zip.open(from, toExclusive, root)) {
            return in.readAllBytes();
        }
    }

    private static ContentFile empty(String path) {
        return new ContentFile(path, 0, 0, EMPTY_SHA256);
    }
}
