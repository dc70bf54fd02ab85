package org.wallwhale.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Function;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * Files seen as a zip that does not exist: its length, its entity tag and each of its bytes follow from the list of files and
 * their bytes, so that any range is written by reading no more than what lies in it. Entries are stored without compression in
 * the order of their paths' bytes, see {@link ZipRecords}; the same files always give the same bytes.
 *
 * <p>Immutable and safe for threads. It holds the list and 16 bytes per file; headers are made when they are written.
 */
public final class ZipView {
    /** To be raised with every change of the bytes that equal files give, so that no reader resumes with other bytes. */
    private static final String FORMAT = "wallwhale-zip-1";
    private static final int BUFFER_BYTES = 256 * 1024;
    private static final int LONGEST_NAME_BYTES = 0xFFFF;
    private static final Comparator<ContentFile> BY_PATH_BYTES =
        (a, b) -> Arrays.compareUnsigned(a.path().getBytes(UTF_8), b.path().getBytes(UTF_8));

    private final List<ContentFile> files;
    private final List<String> names;
    private final long[] localOffsets;
    private final long[] centralOffsets;
    private final byte[] end;
    private final String etag;

    /** Throws {@link IllegalArgumentException} for two files of one path and for names of more than 65,535 bytes. */
    public ZipView(List<ContentFile> content) {
        files = content.stream().sorted(BY_PATH_BYTES).toList();
        names = EntryNames.of(distinctPaths(files));
        localOffsets = new long[files.size() + 1];
        centralOffsets = new long[files.size() + 1];
        layOut();
        long directory = centralOffsets[0];
        end = ZipRecords.end(files.size(), directory, centralOffsets[files.size()] - directory);
        etag = '"' + HexFormat.of().formatHex(fingerprint(), 0, 16) + '"';
    }

    private static List<String> distinctPaths(List<ContentFile> sorted) {
        List<String> paths = sorted.stream().map(ContentFile::path).toList();
        for (int i = 1; i < paths.size(); i++) {
            if (paths.get(i).equals(paths.get(i - 1))) {
                throw new IllegalArgumentException("The path \"" + paths.get(i) + "\" is listed twice.");
            }
        }
        return paths;
    }

    private void layOut() {
        int count = files.size();
        int[] nameLengths = names.stream().mapToInt(ZipView::nameLength).toArray();
        for (int i = 0; i < count; i++) {
            long size = files.get(i).sizeBytes();
            localOffsets[i + 1] = localOffsets[i] + ZipRecords.localLength(nameLengths[i], size) + size;
        }
        centralOffsets[0] = localOffsets[count];
        for (int i = 0; i < count; i++) {
            centralOffsets[i + 1] = centralOffsets[i]
                + ZipRecords.centralLength(nameLengths[i], files.get(i).sizeBytes(), localOffsets[i]);
        }
    }

    private static int nameLength(String name) {
        int length = name.getBytes(UTF_8).length;
        if (length > LONGEST_NAME_BYTES) {
            throw new IllegalArgumentException("A file name of " + length + " bytes does not fit into a zip.");
        }
        return length;
    }

    private byte[] fingerprint() {
        MessageDigest digest = Sha256.digest();
        digest.update(FORMAT.getBytes(UTF_8));
        ByteBuffer numbers = ByteBuffer.allocate(4 + 8 + 8);
        for (int i = 0; i < files.size(); i++) {
            ContentFile file = files.get(i);
            byte[] name = names.get(i).getBytes(UTF_8);
            digest.update(numbers.clear().putInt(name.length).putLong(file.sizeBytes()).putLong(file.crc32()).flip());
            digest.update(name);
            digest.update(HexFormat.of().parseHex(file.sha256()));
        }
        return digest.digest();
    }

    /** The zip's length in bytes. */
    public long length() {
        return centralOffsets[files.size()] + end.length;
    }

    /** The zip's strong entity tag (RFC 9110, section 8.8.3), quoted: equal tags mean equal bytes. */
    public String etag() {
        return etag;
    }

    /**
     * Opens one range of the zip. {@code root} is the folder of the files. Only those that lie in the range are read, each when its
     * turn comes. Reading throws {@link ContentChangedException} when such a file is gone or its length is not the recorded one; a
     * part of the range may have been read by then.
     *
     * @throws IndexOutOfBoundsException when the range reaches beyond {@link #length()}
     */
    RangeInput open(long from, long toExclusive, Path root) {
        return open(from, toExclusive, root::resolve);
    }

    /** The same with files that lie where {@code where} says. */
    RangeInput open(long from, long toExclusive, Function<String, Path> where) {
        Objects.checkFromToIndex(from, toExclusive, length());
        boolean inDirectory = from >= centralOffsets[0];
        long[] offsets = inDirectory ? centralOffsets : localOffsets;
        int index = indexAt(from, offsets);
        int first = inDirectory ? 2 * files.size() + index : 2 * index;
        return new RangeInput(from - offsets[index], toExclusive - from,
            IntStream.rangeClosed(first, 3 * files.size()).mapToObj(number -> part(number, where)).iterator());
    }

    /** Header and content of each file by turns, then the directory's entries, then the end. */
    private RangeInput.Part part(int number, Function<String, Path> where) {
        int directory = 2 * files.size();
        if (number == directory + files.size()) {
            return RangeInput.Part.of(end);
        }
        int index = number < directory ? number / 2 : number - directory;
        ContentFile file = files.get(index);
        if (number >= directory) {
            return RangeInput.Part.of(ZipRecords.central(name(index), file.sizeBytes(), file.crc32(), localOffsets[index]));
        }
        return number % 2 == 1 ? RangeInput.Part.of(file, where)
            : RangeInput.Part.of(ZipRecords.local(name(index), file.sizeBytes(), file.crc32()));
    }

    /** The SHA-256 of the whole zip, for {@link ReprDigest}. Reads every file: callers store the result. */
    public byte[] sha256(Path root) throws IOException {
        MessageDigest digest = Sha256.digest();
        byte[] buffer = new byte[BUFFER_BYTES];
        try (InputStream zip = open(0, length(), root)) {
            for (int count = zip.read(buffer); count >= 0; count = zip.read(buffer)) {
                digest.update(buffer, 0, count);
            }
        }
        return digest.digest();
    }

    /** Writes the whole zip of the files below {@code root}; throws {@link ContentChangedException} as {@link #open} does. */
    public void writeTo(OutputStream target, Path root) throws IOException {
        byte[] buffer = new byte[BUFFER_BYTES];
        try (InputStream zip = open(0, length(), root)) {
            for (int count = zip.read(buffer); count >= 0; count = zip.read(buffer)) {
                target.write(buffer, 0, count);
            }
        }
    }

    private byte[] name(int index) {
        return names.get(index).getBytes(UTF_8);
    }

    /** The index of the last offset that is not beyond {@code position}, or 0. */
    private static int indexAt(long position, long[] offsets) {
        int found = Arrays.binarySearch(offsets, position);
        return found >= 0 ? found : Math.max(0, -found - 2);
    }
}
