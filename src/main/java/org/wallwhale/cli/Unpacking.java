package org.wallwhale.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * Unpacks a zip of a server into a folder. Nobody has to trust its names: one that leads elsewhere, or comes twice, refuses the zip before
 * a file is written; and what it holds cannot be more than the zip has, because servers do not compress.
 */
final class Unpacking {
    private Unpacking() {
    }

    /** {@code folder} is made, and has nothing before. A {@link CommandFailure} for what no server of ours sends. */
    static void unpack(Path zip, Path folder) throws IOException {
        try (ZipFile file = new ZipFile(zip.toFile())) {
            Map<Path, ZipEntry> places = places(file, Files.size(zip), Files.createDirectories(folder));
            demandRoom(folder, Files.size(zip));
            for (Map.Entry<Path, ZipEntry> each : places.entrySet()) {
                Files.createDirectories(each.getKey().getParent());
                copy(file, each.getValue(), each.getKey());
            }
        } catch (ZipException e) {
            throw refused("it is damaged: " + e.getMessage());
        }
    }

    private static Map<Path, ZipEntry> places(ZipFile file, long most, Path folder) {
        Map<Path, ZipEntry> places = new LinkedHashMap<>();
        long bytes = 0;
        for (ZipEntry entry : Collections.list(file.entries())) {
            bytes += entry.getCompressedSize(); // by which Java reads
            if (entry.getMethod() != ZipEntry.STORED || entry.getSize() != entry.getCompressedSize() || bytes > most) {
                throw refused("it is compressed, or holds more than it has");
            }
            if (places.put(place(folder, entry.getName()), entry) != null) {
                throw refused("the name \"" + entry.getName() + "\" comes twice");
            }
        }
        return places;
    }

    private static Path place(Path folder, String name) {
        try {
            Path place = folder.resolve(name);
            boolean plain = !name.contains("\\") && List.of(name.split("/", -1)).stream().noneMatch(String::isEmpty);
            if (plain && place.startsWith(folder) && place.equals(place.normalize())) {
                return place;
            }
        } catch (InvalidPathException e) {
            // told below
        }
        throw refused("the name \"" + name + "\" leads out of its folder");
    }

    private static void demandRoom(Path folder, long bytes) throws IOException {
        long free = Files.getFileStore(folder).getUsableSpace();
        if (free < bytes) {
            throw new CommandFailure(CommandFailure.FAILED, "The disk has " + ProgressBar.bytes(free) + " left, too few to unpack "
                    + ProgressBar.bytes(bytes) + ": make room and run the command again.");
        }
    }

    private static void copy(ZipFile file, ZipEntry entry, Path place) throws IOException {
        CRC32 sum = new CRC32();
        try (InputStream in = new CheckedInputStream(file.getInputStream(entry), sum)) {
            Files.copy(in, place);
        }
        if (sum.getValue() != entry.getCrc()) {
            throw refused("\"" + entry.getName() + "\" is damaged");
        }
    }

    static CommandFailure refused(String why) {
        return new CommandFailure(CommandFailure.FAILED, "The zip is none that a WallWhale Server sends (" + why + "), and nothing of it was kept: "
                + "look whether WALLWHALE_URL is the server that you mean.");
    }
}
