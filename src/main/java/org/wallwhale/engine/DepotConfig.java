package org.wallwhale.engine;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;

/**
 * DepotDownloader's {@code .DepotDownloader/depot.config}: which version of each depot is complete. Raw DEFLATE of a protobuf
 * message whose field 1 is {@code map<uint32, uint64>} (seen in 2.3 to 3.4).
 */
final class DepotConfig {
    /** What the tool writes before it starts on a depot: nothing is complete. */
    private static final long UNFINISHED = -1;
    private static final int MAX_BYTES = 1 << 20;
    private static final int ENTRY_TAG = 1 << 3 | 2;
    private static final int KEY_TAG = 1 << 3;
    private static final int VALUE_TAG = 2 << 3;

    private DepotConfig() {
    }

    /** Depot to manifest id, both unsigned, of the complete depots only; empty if there is no such file. */
    static Map<Long, String> finished(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            return Map.of();
        }
        Map<Long, String> finished = new HashMap<>();
        ByteArrayInputStream message = new ByteArrayInputStream(inflated(file));
        while (message.available() > 0) {
            require(message.read() == ENTRY_TAG);
            int length = (int) varint(message);
            require(length >= 0 && length <= message.available());
            byte[] entry = message.readNBytes(length);
            readEntry(new ByteArrayInputStream(entry), finished);
        }
        return finished;
    }

    private static void readEntry(InputStream entry, Map<Long, String> finished) throws IOException {
        long depot = 0;
        long manifest = 0;
        for (int tag = entry.read(); tag >= 0; tag = entry.read()) {
            require(tag == KEY_TAG || tag == VALUE_TAG);
            long value = varint(entry);
            depot = tag == KEY_TAG ? value : depot;
            manifest = tag == VALUE_TAG ? value : manifest;
        }
        if (manifest != UNFINISHED && manifest != 0) {
            finished.put(depot, Long.toUnsignedString(manifest));
        }
    }

    private static byte[] inflated(Path file) throws IOException {
        Inflater raw = new Inflater(true);
        try (InputStream in = new InflaterInputStream(Files.newInputStream(file), raw)) {
            byte[] bytes = in.readNBytes(MAX_BYTES);
            require(bytes.length > 0);
            return bytes;
        } finally {
            raw.end();
        }
    }

    private static long varint(InputStream in) throws IOException {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            int next = in.read();
            require(next >= 0);
            value |= (next & 0x7FL) << shift;
            if (next < 0x80) {
                return value;
            }
        }
        throw new IOException("depot.config holds an endless number");
    }

    private static void require(boolean legal) throws IOException {
        if (!legal) {
            throw new IOException("depot.config is damaged");
        }
    }
}
