package org.wallwhale.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * What there is so far of a web file, and by which validator (RFC 9110, 8.8) the server knows the version that it is a part of. A
 * run copies what the one before it left: should that one's server still live somewhere, it writes to a file that is gone.
 */
final class WebFilePart {
    private final Path folder;
    private final Path file;
    private final Path validator;
    private final Path finished;

    private WebFilePart(Path folder, Path finished) {
        this.folder = folder;
        this.file = folder.resolve(UUID.randomUUID() + ".part");
        this.validator = folder.resolve("validator");
        this.finished = finished;
    }

    /** {@code finished} is where the whole file belongs; it counts as a part as long as nobody took it over. */
    static WebFilePart open(Path folder, Path finished) throws IOException {
        Files.createDirectories(folder);
        WebFilePart part = new WebFilePart(folder, finished);
        List<Path> before = part.earlier();
        if (Files.isRegularFile(finished)) {
            Files.move(finished, part.file);
        } else if (!before.isEmpty()) {
            Files.copy(before.get(0), part.file);
        } else {
            Files.createFile(part.file);
        }
        // whoever hashed it for the store took that right away
        part.file.toFile().setWritable(true);
        for (Path old : before) {
            Files.delete(old);
        }
        return part;
    }

    private List<Path> earlier() throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(path -> path.toString().endsWith(".part")).toList();
        }
    }

    Path file() {
        return file;
    }

    long bytes() throws IOException {
        return Files.size(file);
    }

    /** Empty where the rest cannot be asked for, because nobody knows what it would be the rest of. */
    Optional<String> validator() throws IOException {
        return Files.isRegularFile(validator) && bytes() > 0 ? Optional.of(Files.readString(validator)) : Optional.empty();
    }

    /** Begins anew with another version; {@code strong} is its validator, if the server names one. */
    void restart(Optional<String> strong) throws IOException {
        Files.deleteIfExists(validator);
        Files.write(file, new byte[0]);
        if (strong.isPresent()) {
            Files.writeString(validator, strong.get());
        }
    }

    /** Moves the whole file to where it belongs. */
    void finish() throws IOException {
        Files.createDirectories(finished.getParent());
        Files.move(file, finished, StandardCopyOption.REPLACE_EXISTING);
    }
}
