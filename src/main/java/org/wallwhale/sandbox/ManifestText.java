package org.wallwhale.sandbox;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.MessageDigest;
import java.util.HexFormat;

/** The table that {@code -manifest-only} writes: size, chunks, SHA-1, flags and name of every file. */
final class ManifestText {
    private ManifestText() {
    }

    static void write(Target target, long depot, Manifest manifest, Content content) throws IOException {
        String id = Long.toUnsignedString(manifest.id());
        long bytes = 0;
        int chunks = 0;
        StringBuilder table = new StringBuilder();
        for (ItemFile file : manifest.files()) {
            bytes += file.size();
            chunks += Content.chunks(file);
            table.append(padded(file.size(), 14)).append(' ').append(padded(Content.chunks(file), 6)).append(' ')
                    .append(sha(file, content)).append("     0 ").append(file.nameOnDisk()).append('\n');
        }
        StringBuilder text = Console.joined("Content Manifest for Depot ", depot, " \n\n",
                "Manifest ID / date     : ", id, " / 01/31/2026 12:34:56 \n",
                "Total number of files  : ", manifest.files().size(), " \n",
                "Total number of chunks : ", chunks, " \n",
                "Total bytes on disk    : ", bytes, " \n",
                "Total bytes compressed : ", bytes - bytes / 8, " \n\n\n",
                "          Size Chunks File SHA                                 Flags Name\n", table);
        Files.write(target.path(Console.joined("manifest_", depot, "_", id, ".txt").toString()),
                text.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static String sha(ItemFile file, Content content) {
        MessageDigest digest = Digest.named("SHA-1");
        for (int index = 0; index < Content.chunks(file); index++) {
            digest.update(content.chunk(file, index));
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static String padded(long number, int width) {
        String digits = Long.toString(number);
        return " ".repeat(Math.max(0, width - digits.length())).concat(digits);
    }
}
