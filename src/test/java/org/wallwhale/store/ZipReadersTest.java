package org.wallwhale.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What programs that people have make of the zip. */
class ZipReadersTest {
    private static final String EMPTY_SHA256 = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    private static final String LONG = "long/" + "n".repeat(250) + "/" + "\u00e9".repeat(50);
    private static final Map<String, String> NAMES = new LinkedHashMap<>();

    static {
        NAMES.put("a\"quote'.txt", "a\"quote'.txt");
        NAMES.put("back\\slash", "back_slash (2)");
        NAMES.put("back_slash", "back_slash");
        NAMES.put("empty", "empty");
        NAMES.put("line\nbreak/file", "line_break/file");
        NAMES.put(LONG, LONG);
        NAMES.put("star*?<>|:", "star*?<>|:");
        NAMES.put("\u00e9/\u96e8 \ud83d\udc0b.mp4", "\u00e9/\u96e8 \ud83d\udc0b.mp4");
    }

    @TempDir
    private Path folder;
    private Path root;
    private Path zip;

    @BeforeEach
    void fillTheFolder() throws IOException {
        root = Files.createDirectory(folder.resolve("content"));
        zip = folder.resolve("view.zip");
        for (String name : NAMES.keySet()) {
            Files.createDirectories(root.resolve(name).getParent());
            Files.writeString(root.resolve(name), name.equals("empty") ? "" : "content of " + name);
        }
        writeAll(new ZipView(ContentScan.of(root, List.copyOf(NAMES.keySet()))));
    }

    @Test
    void unzipFindsNoFault() throws InterruptedException {
        assertThat(Program.output("unzip", "-t", zip.toString())).contains("No errors detected").contains("line_break/file");
    }

    @Test
    void unzipRestoresEveryFile() throws Exception {
        Path restored = Files.createDirectory(folder.resolve("restored"));
        Program.output("unzip", "-q", zip.toString(), "-d", restored.toString());
        for (Map.Entry<String, String> name : NAMES.entrySet()) {
            assertThat(restored.resolve(name.getValue())).hasSameBinaryContentAs(root.resolve(name.getKey()));
        }
    }

    @Test
    void pythonReadsEveryEntryAndItsAttributes() throws Exception {
        String output = Program.output("python3", "-c", """
            import sys, zipfile
            with zipfile.ZipFile(sys.argv[1]) as z:
                assert z.testzip() is None
                for i in z.infolist():
                    print(i.filename.encode().hex(), z.read(i).hex(), i.flag_bits, i.compress_type, oct(i.external_attr >> 16),
                        i.create_system, '%d-%d-%d %d:%d:%d' % i.date_time)
            """, zip.toString());
        String expected = "";
        for (Map.Entry<String, String> name : NAMES.entrySet()) {
            expected += HexFormat.of().formatHex(name.getValue().getBytes(UTF_8)) + " "
                + HexFormat.of().formatHex(Files.readAllBytes(root.resolve(name.getKey())))
                + " 2048 0 0o100644 3 1980-1-1 0:0:0\n";
        }
        assertThat(output).isEqualTo(expected);
    }

    @Test
    void javaReadsItFromTheEndAndAsAStream() throws IOException {
        try (ZipFile file = new ZipFile(zip.toFile()); ZipInputStream stream = new ZipInputStream(Files.newInputStream(zip))) {
            assertThat(file.size()).isEqualTo(NAMES.size());
            for (Map.Entry<String, String> name : NAMES.entrySet()) {
                byte[] content = Files.readAllBytes(root.resolve(name.getKey()));
                ZipEntry entry = stream.getNextEntry();
                assertThat(entry.getName()).isEqualTo(name.getValue());
                assertThat(stream.readAllBytes()).isEqualTo(content);
                assertThat(file.getInputStream(file.getEntry(name.getValue())).readAllBytes()).isEqualTo(content);
            }
            assertThat(stream.getNextEntry()).isNull();
        }
    }

    @Test
    void aZipOfNothingIsAZip() throws Exception {
        writeAll(new ZipView(List.of()));
        assertThat(Program.output("python3", "-c", "import sys, zipfile; print(len(zipfile.ZipFile(sys.argv[1]).namelist()))",
            zip.toString())).isEqualTo("0\n");
    }

    @Test
    void moreEntriesThanSixteenBitsCountAreReadable() throws Exception {
        for (int count : new int[] {65_534, 65_535, 65_536, 70_000}) {
            writeAll(new ZipView(IntStream.range(0, count)
                .mapToObj(i -> new ContentFile("folder/" + i, 0, 0, EMPTY_SHA256)).toList()));
            assertThat(Program.output("python3", "-c", """
                import sys, zipfile
                with zipfile.ZipFile(sys.argv[1]) as z:
                    print(z.testzip(), len(set(z.namelist())))
                """, zip.toString())).isEqualTo("None " + count + "\n");
            try (ZipFile file = new ZipFile(zip.toFile())) {
                assertThat(Collections.list(file.entries())).hasSize(count);
            }
        }
        assertThat(Program.output("unzip", "-tq", zip.toString())).contains("No errors detected");
    }

    @Test
    void aFileOfMoreThanFourGibibytesAndTheOneBehindItAreReadable() throws Exception {
        long size = (4L << 30) + 12_345;
        try (RandomAccessFile big = new RandomAccessFile(root.resolve("a-big").toFile(), "rw")) {
            big.setLength(size);
            big.seek(size - 3);
            big.write("end".getBytes(UTF_8));
        }
        ContentFile small = ContentScan.of(root, List.of("back_slash")).get(0);
        writeWithHole(new ZipView(List.of(new ContentFile("a-big", size, crc32OfZerosAndEnd(size), EMPTY_SHA256), small)), size);
        assertThat(Program.output("python3", "-c", """
            import sys, zipfile
            with zipfile.ZipFile(sys.argv[1]) as z:
                big, small = z.infolist()
                print(big.file_size, small.header_offset, z.read(small).decode(), z.testzip())
            """, zip.toString())).isEqualTo(size + " " + (size + 30 + 5 + 20) + " content of back_slash None\n");
        try (ZipFile file = new ZipFile(zip.toFile())) {
            assertThat(file.getEntry("a-big").getSize()).isEqualTo(size);
            assertThat(file.getInputStream(file.getEntry("back_slash")).readAllBytes()).asString()
                .isEqualTo("content of back_slash");
        }
        assertThat(Program.output("unzip", "-p", zip.toString(), "back_slash")).isEqualTo("content of back_slash");
    }

    private void writeAll(ZipView view) throws IOException {
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(zip))) {
            copy(view, 0, view.length(), out);
        }
    }

    /** Leaves a hole where the first file has nothing but zeros, so that the zip takes no space on the disk. */
    private void writeWithHole(ZipView view, long firstSize) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(zip.toFile(), "rw")) {
            file.setLength(0);
            OutputStream out = Channels.newOutputStream(file.getChannel());
            copy(view, 0, 1000, out);
            file.seek(firstSize - 1000);
            copy(view, firstSize - 1000, view.length(), out);
            assertThat(file.length()).isEqualTo(view.length());
        }
    }

    private void copy(ZipView view, long from, long toExclusive, OutputStream out) throws IOException {
        try (InputStream in = view.open(from, toExclusive, root)) {
            in.transferTo(out);
        }
    }

    private static long crc32OfZerosAndEnd(long size) {
        CRC32 crc32 = new CRC32();
        byte[] zeros = new byte[1 << 20];
        for (long left = size - 3; left > 0; left -= zeros.length) {
            crc32.update(zeros, 0, (int) Math.min(left, zeros.length));
        }
        crc32.update("end".getBytes(UTF_8));
        return crc32.getValue();
    }
}
