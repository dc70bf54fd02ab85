package org.wallwhale.config;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.wallwhale.secret.Sealing;
import org.wallwhale.secret.SealingKeys;
import org.wallwhale.secret.Secret;

/** Which keys seal what the database must not be able to tell. */
@Dependent
public class SealingConfig {
    private static final String KEY = "wallwhale.secret.sealing-keys-file";
    private static final String NAME = "sealing-keys";
    private final DataFolder folder;
    private final Optional<Path> file;

    @Inject
    public SealingConfig(Settings settings) {
        folder = new DataFolder(settings);
        file = settings.path(KEY);
        file.or(() -> Optional.of(folder.secretFile(NAME)).filter(Files::exists)).ifPresent(present ->
                fault(present).ifPresent(fault -> settings.fault(KEY, "uses " + present + ", but " + fault)));
    }

    /** Reads the keys at each use; makes one in the data folder at the first, unless a file is configured. */
    public Sealing sealing() {
        return new Sealing(() -> SealingKeys.of(text()));
    }

    /** Whether the keys lie in the data folder, rather than in a file that somebody else looks after. */
    public boolean isOurs() {
        return file.isEmpty();
    }

    /** Whether there are any keys yet. */
    public boolean isThere() {
        return Files.exists(file.orElseGet(() -> folder.secretFile(NAME)));
    }

    /** Adds a key, which seals from now on, on all instances. Call it under a lock that all of them share. */
    public void addKey() {
        folder.replaceSecret(NAME, (text().reveal().stripTrailing() + "\n" + SealingKeys.newLine().reveal()).getBytes(StandardCharsets.US_ASCII));
    }

    private Secret text() {
        try {
            return secret(file.isPresent() ? Files.readAllBytes(file.get())
                    : folder.secret(NAME, () -> SealingKeys.newLine().reveal().getBytes(StandardCharsets.US_ASCII)));
        } catch (IOException e) {
            throw new UncheckedIOException("The sealing keys in " + file.orElseThrow() + " could not be read", e);
        }
    }

    private static Optional<String> fault(Path file) {
        try {
            if (SecretFile.isOpenToOthers(file)) {
                return Optional.of("other users may read or change it: set its mode to 600");
            }
            SealingKeys.of(secret(Files.readAllBytes(file)));
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of("it cannot be read as a file by this user");
        } catch (IllegalArgumentException e) {
            return Optional.of(e.getMessage());
        }
    }

    private static Secret secret(byte[] bytes) {
        return Secret.of(new String(bytes, StandardCharsets.ISO_8859_1));
    }
}
