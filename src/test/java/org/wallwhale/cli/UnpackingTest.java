package org.wallwhale.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Zips whose directories lie. */
class UnpackingTest {
    /** Where the header of a file in the zip's directory has what it says of it. */
    private static final int STORED_BYTES = 20;
    private static final int BYTES = 24;
    private static final int PLACE = 42;
    private static final int NAME = 46;
    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"../7.txt", "a/../../7.txt", "/tmp/7.txt", "a\\..\\..\\7.txt", "./7.txt", "a//7.txt", "..", "a/"})
    void aNameThatLeadsOutOfItsFolderRefusesTheWholeZip(String name) throws IOException {
        demandRefused(zip(ZipEntry.STORED, 1, "first", name), "the name \"" + name + "\" leads out of its folder");
    }

    @Test
    void aFileThatHasMoreThanItTellsIsRefused() throws IOException {
        ByteBuffer zip = zip(ZipEntry.STORED, 1, "a");
        zip.putInt(header(zip, 1) + BYTES, 0);
        demandRefused(zip, "holds more than it has");
    }

    @Test
    void compressedBytesThatPassForAsManyAreRefused() throws IOException {
        ByteBuffer zip = zip(ZipEntry.DEFLATED, 1 << 20, "a");
        int header = header(zip, 1);
        zip.putInt(header + BYTES, zip.getInt(header + STORED_BYTES));
        demandRefused(zip, "it is compressed");
    }

    @Test
    void filesThatShareTheirBytesAreRefused() throws IOException {
        ByteBuffer zip = zip(ZipEntry.STORED, 1 << 10, "a", "b");
        int first = header(zip, 1);
        int second = header(zip, 2);
        zip.putInt(second + PLACE, zip.getInt(first + PLACE));
        demandRefused(cut(zip, zip.getInt(first + STORED_BYTES), first), "holds more than it has");
    }

    /** Without the {@code bytes} before {@code header}, which nothing points to. */
    private static ByteBuffer cut(ByteBuffer zip, int bytes, int header) {
        byte[] all = zip.array();
        ByteBuffer cut = ByteBuffer.allocate(all.length - bytes).order(ByteOrder.LITTLE_ENDIAN);
        cut.put(all, 0, header - bytes).put(all, header, all.length - header);
        int end = all.length - bytes - 22;
        return cut.putInt(end + 16, header - bytes);
    }

    @Test
    void aNameThatComesTwiceIsRefused() throws IOException {
        ByteBuffer zip = zip(ZipEntry.STORED, 1, "a", "b");
        zip.put(header(zip, 2) + NAME, (byte) 'a');
        demandRefused(zip, "the name \"a\" comes twice");
    }

    @Test
    void whatIsNoZipIsRefused() throws IOException {
        demandRefused(ByteBuffer.wrap("<html>".getBytes(StandardCharsets.US_ASCII)), "it is damaged");
    }

    @Test
    void aDamagedFileIsRefused() throws IOException {
        ByteBuffer zip = zip(ZipEntry.STORED, 1, "a");
        zip.put(header(zip, 1) - 1, (byte) 1);
        assertThat(refused(zip)).hasMessageContaining("\"a\" is damaged");
    }

    private void demandRefused(ByteBuffer zip, String why) throws IOException {
        assertThat(refused(zip)).hasMessageContaining(why).extracting(CommandFailure::exitCode).isEqualTo(CommandFailure.FAILED);
        try (Stream<Path> all = Files.walk(folder)) {
            assertThat(all.filter(Files::isRegularFile)).as("before a file is written").containsExactly(folder.resolve("zip"));
        }
    }

    private CommandFailure refused(ByteBuffer bytes) throws IOException {
        Path zip = Files.write(folder.resolve("zip"), bytes.array());
        return catchThrowableOfType(CommandFailure.class, () -> Unpacking.unpack(zip, folder.resolve("unpacked")));
    }

    /** Of files of that length. */
    private static ByteBuffer zip(int method, int length, String... names) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (String name : names) {
                ServedZips.add(zip, method, name, new byte[length]);
            }
        }
        return ByteBuffer.wrap(bytes.toByteArray()).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Of the {@code number}th file, from 1 on. */
    private static int header(ByteBuffer zip, int number) {
        String text = new String(zip.array(), StandardCharsets.ISO_8859_1);
        int header = 0; // a file comes before it
        for (int i = 0; i < number; i++) {
            header = text.indexOf("PK\1\2", header + 1);
        }
        return header;
    }
}
