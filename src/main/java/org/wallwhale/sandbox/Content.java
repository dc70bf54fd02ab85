package org.wallwhale.sandbox;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The bytes of an item's files: the same for the same item, file name and seed, and never a chunk of nothing but zeros. */
final class Content {
    static final int CHUNK = 256 << 10;

    private final long item;
    private final long seed;
    private final byte[] project;

    Content(long item, long seed) {
        this.item = item;
        this.seed = seed;
        this.project = Console.joined("""
                {
                  "title": "Sandbox wallpaper\s""", Long.toUnsignedString(item), """
                \s(nothing here came from Steam)",
                  "description": "Made up by the sandbox of WallWhale Server.",
                  "type": "scene",
                  "file": "wallpaper",
                  "preview": "preview.gif",
                  "tags": ["Sandbox"],
                  "workshopid": \"""", Long.toUnsignedString(item), """
                "
                }
                """).toString().getBytes(StandardCharsets.UTF_8);
    }

    int projectSize() {
        return project.length;
    }

    static int chunks(ItemFile file) {
        return Math.toIntExact((file.size() + CHUNK - 1) / CHUNK);
    }

    byte[] chunk(ItemFile file, int index) {
        long start = (long) index * CHUNK;
        int length = (int) Math.min(CHUNK, file.size() - start);
        if (file.name().equals(Item.PROJECT)) {
            return Arrays.copyOfRange(project, (int) start, (int) start + length);
        }
        long state = mix(item ^ mix(seed ^ mix(index ^ hash(file.name()))));
        ByteBuffer bytes = ByteBuffer.allocate(length + Long.BYTES);
        while (bytes.position() < length) {
            state += 0x9E3779B97F4A7C15L;
            bytes.putLong(mix(state));
        }
        byte[] chunk = Arrays.copyOf(bytes.array(), length);
        chunk[0] |= 1;
        return chunk;
    }

    /** SplitMix64's finishing step, the cheapest mixing with no pattern an eye would see. */
    static long mix(long value) {
        long mixed = (value ^ value >>> 30) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ mixed >>> 27) * 0x94D049BB133111EBL;
        return mixed ^ mixed >>> 31;
    }

    private static long hash(String name) {
        long hash = 0xCBF29CE484222325L;
        for (int at = 0; at < name.length(); at++) {
            hash = (hash ^ name.charAt(at)) * 0x100000001B3L;
        }
        return hash;
    }
}
