package org.wallwhale.certificate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The openssl program, as somebody else who knows certificates; it works in one folder. */
public final class OpenSsl {
    private final Path folder;

    public OpenSsl(Path folder) {
        this.folder = folder;
    }

    /** What it prints, on both its outputs; it must end well. */
    public String run(String... arguments) {
        try {
            List<String> line = new ArrayList<>(List.of("openssl"));
            line.addAll(List.of(arguments));
            Process openssl = new ProcessBuilder(line).directory(folder.toFile()).redirectErrorStream(true).start();
            openssl.getOutputStream().close();
            String said = new String(openssl.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(openssl.waitFor()).as(String.join(" ", line) + "\n" + said).isZero();
            return said;
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** A root {@code <name>.pem} that is good for {@code days}, and its key {@code <name>.key}. */
    public Path authority(String name, int days) {
        run("req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", name + ".key", "-out", name + ".pem",
                "-subj", "/CN=" + name, "-days", String.valueOf(days));
        return folder.resolve(name + ".pem");
    }

    /** A certificate {@code <name>.pem} that {@code by} vouches for, with {@code extensions} in openssl's words, and its key {@code <name>.key}. */
    public Path certificate(String name, String by, int days, String... extensions) {
        try {
            Files.writeString(folder.resolve(name + ".ext"), String.join("\n", extensions) + "\n");
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        run("req", "-newkey", "rsa:2048", "-nodes", "-keyout", name + ".key", "-out", name + ".csr", "-subj", "/CN=" + name);
        run("x509", "-req", "-in", name + ".csr", "-CA", by + ".pem", "-CAkey", by + ".key", "-CAcreateserial", "-out", name + ".pem",
                "-days", String.valueOf(days), "-extfile", name + ".ext");
        return folder.resolve(name + ".pem");
    }

    /** A file of several, one after the other. */
    public Path joined(String name, Path... files) {
        try {
            StringBuilder all = new StringBuilder();
            for (Path file : Stream.of(files).toList()) {
                all.append(Files.readString(file));
            }
            return Files.writeString(folder.resolve(name), all);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
