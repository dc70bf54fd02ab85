package org.wallwhale.sandbox;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Brings the files of a depot to the disk: first each at its full length, sparse; then the missing chunks, shuffled within a
 * file and among neighbours, with a pause after each.
 */
final class Filling {
    private static final int NEIGHBOURS = 5;

    private final Stage stage;
    private final Target target;
    private final Content content;
    private final Progress progress;
    private final List<Chunk> needed = new ArrayList<>();
    private final Map<ItemFile, Integer> open = new LinkedHashMap<>();
    private int chunks;

    Filling(Stage stage, Target target, Content content, Progress progress) {
        this.stage = stage;
        this.target = target;
        this.content = content;
        this.progress = progress;
    }

    /**
     * Makes room for the file, or finds out what is missing in it.
     *
     * @param unchanged whether the manifest that was complete before has this very file
     */
    void prepare(ItemFile file, boolean unchanged) throws IOException {
        Path path = target.path(file);
        chunks += Content.chunks(file);
        boolean present = Files.exists(path);
        if (present && unchanged && !stage.options().validate()) {
            progress.finished(file, target.shown(file));
            return;
        }
        stage.console().line(present ? "Validating " : "Pre-allocating ", target.shown(file));
        refuseQuota(file);
        Files.createDirectories(path.getParent());
        int before = needed.size();
        try (RandomAccessFile bytes = new RandomAccessFile(path.toFile(), "rw")) {
            bytes.setLength(file.size());
            for (int index = 0; index < Content.chunks(file); index++) {
                if (!present || !holds(bytes, file, index)) {
                    needed.add(new Chunk(file, index));
                }
            }
        }
        open.put(file, needed.size() - before);
        if (present && needed.size() == before) {
            progress.finished(file, target.shown(file));
        }
    }

    /** Writes what is missing; returns how many bytes that were. */
    long fill(Incident incident) throws IOException {
        shuffle();
        long delay = delay();
        long start = System.nanoTime();
        long fetched = 0;
        for (int written = 0; written < needed.size(); written++) {
            Pause.nanoseconds(start + (written + 1) * delay - System.nanoTime());
            Chunk chunk = needed.get(written);
            Path path = target.path(chunk.file());
            byte[] bytes = content.chunk(chunk.file(), chunk.index());
            try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
                file.seek((long) chunk.index() * Content.CHUNK);
                file.write(bytes);
            }
            fetched += bytes.length;
            incident.strike(written + 1, needed.size(), path, bytes);
            if (open.merge(chunk.file(), -1, Integer::sum) == 0) {
                progress.finished(chunk.file(), target.shown(chunk.file()));
            }
        }
        return fetched;
    }

    private long delay() {
        long everything = stage.script().scenario().milliseconds * 1_000_000L;
        long share = everything / Math.max(1, chunks);
        return stage.script().isSet("delay_ms") ? stage.script().number("delay_ms", 0) * 1_000_000 : share;
    }

    private void shuffle() {
        Random random = new Random(chunks);
        Collections.shuffle(needed, random);
        if (open.size() <= NEIGHBOURS) {
            return;
        }
        Map<ItemFile, Double> places = new HashMap<>();
        for (ItemFile file : open.keySet()) {
            places.put(file, places.size() + random.nextDouble() * NEIGHBOURS);
        }
        needed.sort((left, right) -> Double.compare(places.get(left.file()), places.get(right.file())));
    }

    private boolean holds(RandomAccessFile bytes, ItemFile file, int index) throws IOException {
        byte[] wanted = content.chunk(file, index);
        byte[] found = new byte[wanted.length];
        bytes.seek((long) index * Content.CHUNK);
        bytes.readFully(found);
        return Arrays.equals(wanted, found);
    }

    private void refuseQuota(ItemFile file) {
        if (stage.plays(Scenario.ALLOC_FAIL) && file.size() > 0 && !file.name().equals(Item.PROJECT)) {
            String shown = target.shown(file);
            stage.console().line("Failed to allocate file ", shown, ": Disk quota exceeded : '", shown, "'");
            stage.console().line("Disconnected from Steam");
            throw new Exit(1);
        }
    }

    /** A piece of a file, by its position. */
    record Chunk(ItemFile file, int index) {
    }
}
