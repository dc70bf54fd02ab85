package org.wallwhale.engine;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/** The programs that come with the server. They are unpacked under names that carry their hash, so that releases can mix. */
final class Tools {
    /** A short life in little memory: no optimising compiler, no collector threads. */
    private static final List<String> JAVA_FLAGS =
            List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto", "-Xmx64m");

    private final Path folder;

    Tools(Path folder) {
        this.folder = folder;
    }

    Tool sandbox() throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        List<String> command = new ArrayList<>(List.of(java));
        command.addAll(JAVA_FLAGS);
        command.addAll(List.of("-jar", unpacked("wallwhale-sandbox", ".jar").toString()));
        return new Tool(command, true);
    }

    Path deadMan() throws IOException {
        return unpacked("dead-man", ".sh");
    }

    private Path unpacked(String name, String suffix) throws IOException {
        byte[] bytes = resource(name + suffix);
        Path file = folder.resolve(name + "-" + hash(bytes) + suffix);
        if (!Files.isRegularFile(file) || !Arrays.equals(Files.readAllBytes(file), bytes)) {
            Files.createDirectories(folder);
            Path fresh = Files.createTempFile(folder, name, ".new");
            Files.write(fresh, bytes);
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        }
        return file;
    }

    private static byte[] resource(String name) throws IOException {
        try (InputStream in = Tools.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new FileNotFoundException("This build of the server lacks " + name + ".");
            }
            return in.readAllBytes();
        }
    }

    private static String hash(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes), 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has SHA-256", e);
        }
    }
}
