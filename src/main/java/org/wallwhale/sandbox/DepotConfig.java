package org.wallwhale.sandbox;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * {@code depot.config}: which manifest of which depot lies complete in the folder. Field 1 of a protocol buffer message in raw
 * DEFLATE, depot to manifest id; rewritten in place, as DepotDownloader does.
 */
final class DepotConfig {
    /** The manifest id of a depot that is being worked on. */
    static final long UNFINISHED = -1L;

    private final Path file;
    private final Map<Long, Long> installed = new LinkedHashMap<>();

    private DepotConfig(Path file) {
        this.file = file;
    }

    static DepotConfig load(Path file) throws IOException {
        DepotConfig config = new DepotConfig(file);
        if (Files.exists(file)) {
            for (ByteBuffer entry : Wire.load(file, 1)) {
                Wire.varint(entry);
                long depot = Wire.varint(entry);
                Wire.varint(entry);
                config.installed.put(depot, Wire.varint(entry));
            }
        }
        return config;
    }

    boolean hasSeen(long depot) {
        return installed.containsKey(depot);
    }

    long installed(long depot) {
        return installed.getOrDefault(depot, UNFINISHED);
    }

    void install(long depot, long manifest) throws IOException {
        installed.put(depot, manifest);
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        for (Map.Entry<Long, Long> entry : installed.entrySet()) {
            ByteArrayOutputStream pair = new ByteArrayOutputStream();
            Wire.field(pair, 1, entry.getKey());
            Wire.field(pair, 2, entry.getValue());
            Wire.field(message, 1, pair.toByteArray());
        }
        Wire.save(file, message);
    }
}
