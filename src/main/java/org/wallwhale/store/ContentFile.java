package org.wallwhale.store;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * One file of finished content.
 *
 * @param path relative to the content's folder, with forward slashes; never absolute, never with an empty, {@code .} or
 *     {@code ..} segment
 * @param crc32 the unsigned CRC-32 of zip files
 * @param sha256 64 lower-case hexadecimal digits
 */
public record ContentFile(String path, long sizeBytes, long crc32, String sha256) {
    private static final Set<String> UNSAFE_SEGMENTS = Set.of("", ".", "..");
    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

    /** Throws {@link IllegalArgumentException} where a component is not as described above. */
    public ContentFile {
        checkPath(path);
        if (sizeBytes < 0 || crc32 < 0 || crc32 > 0xFFFF_FFFFL || !SHA256.matcher(sha256).matches()) {
            throw new IllegalArgumentException("The size, CRC-32 or SHA-256 of \"" + path + "\" cannot be right.");
        }
    }

    static void checkPath(String path) {
        if (path.indexOf('\0') >= 0 || Stream.of(path.split("/", -1)).anyMatch(UNSAFE_SEGMENTS::contains)) {
            throw new IllegalArgumentException("\"" + path + "\" is no path below the content's folder.");
        }
    }

    /** The same below a folder of this name. */
    ContentFile in(String folder) {
        return new ContentFile(folder + "/" + path, sizeBytes, crc32, sha256);
    }

    /** The strong entity tag of this file served alone, quoted. */
    public String etag() {
        return '"' + sha256 + '"';
    }

    /**
     * Opens a part of this file. {@code where} says where a file of its path lies. Reading throws {@link ContentChangedException} when the file
     * is gone or its length is not the recorded one.
     */
    RangeInput open(long from, long toExclusive, Function<String, Path> where) {
        Objects.checkFromToIndex(from, toExclusive, sizeBytes);
        return new RangeInput(from, toExclusive - from, List.of(RangeInput.Part.of(this, where)).iterator());
    }
}
