package org.wallwhale.sandbox;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A manifest as kept in the bookkeeping folder: {@code {depot}_{id}.manifest}, in a format of our own, and beside it
 * {@code .manifest.sha} with the 20 bytes of its SHA-1.
 */
record Manifest(long id, List<ItemFile> files) {
    void save(Path folder, long depot) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream stream = new DataOutputStream(bytes);
        stream.writeInt(files.size());
        for (ItemFile file : files) {
            stream.writeUTF(file.name());
            stream.writeLong(file.size());
        }
        Files.write(path(folder, depot, id), bytes.toByteArray());
        Files.write(checksum(folder, depot, id), Digest.of("SHA-1", bytes.toByteArray()));
    }

    static boolean exists(Path folder, long depot, long id) {
        return Files.exists(path(folder, depot, id)) && Files.exists(checksum(folder, depot, id));
    }

    /** The manifest as it was saved, or null when what lies there is damaged. */
    static Manifest load(Path folder, long depot, long id) throws IOException {
        byte[] bytes = Files.readAllBytes(path(folder, depot, id));
        if (!Arrays.equals(Digest.of("SHA-1", bytes), Files.readAllBytes(checksum(folder, depot, id)))) {
            return null;
        }
        DataInputStream stream = new DataInputStream(new ByteArrayInputStream(bytes));
        List<ItemFile> files = new ArrayList<>();
        for (int count = stream.readInt(); count > 0; count--) {
            files.add(new ItemFile(stream.readUTF(), stream.readLong()));
        }
        return new Manifest(id, files);
    }

    private static Path path(Path folder, long depot, long id) {
        return folder.resolve(Console.joined(depot, "_", Long.toUnsignedString(id), ".manifest").toString());
    }

    private static Path checksum(Path folder, long depot, long id) {
        return folder.resolve(Console.joined(depot, "_", Long.toUnsignedString(id), ".manifest.sha").toString());
    }
}
