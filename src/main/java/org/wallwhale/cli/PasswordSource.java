package org.wallwhale.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.wallwhale.config.LocalSettings;
import org.wallwhale.config.Settings;
import org.wallwhale.secret.Secret;
import picocli.CommandLine.Option;

/** Where a password comes from: never the arguments, which every user of the machine can see. A command takes it in as a mixin. */
final class PasswordSource {
    private static final String OF_USERS = "wallwhale.password";
    private static final String CURE_OF_NEW = "Run this at a terminal, or name a file with --password-file.";
    private static final String OF_STEAM = "wallwhale.steam-password";
    @Option(names = "--password-file", paramLabel = "FILE", description = "Read the password from the first line of this file, which "
            + "only you may read (mode 600), or of standard input (-), in place of the environment or the terminal.")
    private Path file;

    /** By the file, by WALLWHALE_PASSWORD, or by asking without echo. */
    Secret read(Terminal terminal, String question) {
        return read(terminal, question, OF_USERS);
    }

    /** The same for an account at Steam, by WALLWHALE_STEAM_PASSWORD. */
    Secret readOfSteam(Terminal terminal, String question) {
        return read(terminal, question, OF_STEAM);
    }

    private Secret read(Terminal terminal, String question, String setting) {
        return given(LocalSettings.read(), setting).orElseGet(() -> terminal.askSecret(question, cure(setting)));
    }

    /** Of a Steam account, as far as nobody has to be asked. */
    Optional<Secret> givenOfSteam(Settings settings) {
        return given(settings, OF_STEAM);
    }

    private Optional<Secret> given(Settings settings, String setting) {
        return file != null ? Optional.of(ofFile()) : settings.secret(setting);
    }

    private static String cure(String setting) {
        return "Set " + Settings.variable(setting) + ", or name a file with --password-file.";
    }

    /** One that is new: by the file, or asked for twice. WALLWHALE_PASSWORD is that of whoever runs the command. */
    Secret readNew(Terminal terminal, String question) {
        if (file != null) {
            return ofFile();
        }
        Secret first = terminal.askSecret(question, CURE_OF_NEW);
        if (!terminal.askSecret(question + ", once more", CURE_OF_NEW).equals(first)) {
            throw new CommandFailure(CommandFailure.USAGE, "The two are not the same: nothing was changed. Try again.");
        }
        return first;
    }

    boolean isFile() {
        return file != null;
    }

    /** A file that can be read again, other than standard input or another program's output. */
    boolean isPlainFile() {
        return file != null && Files.isRegularFile(file);
    }

    private Secret ofFile() {
        try {
            if (file.toString().equals("-")) {
                return firstLine(new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)));
            }
            // another program's output, such as <(pass show wallwhale), lies nowhere
            if (Files.isRegularFile(file)) {
                LoginFile.demandPrivate(file);
            }
            try (BufferedReader lines = Files.newBufferedReader(file)) {
                return firstLine(lines);
            }
        } catch (IOException e) {
            throw new CommandFailure(CommandFailure.USAGE, "The password cannot be read from " + file + ": name a file that is there.");
        }
    }

    private Secret firstLine(BufferedReader lines) throws IOException {
        String line = lines.readLine();
        if (line == null || line.isBlank()) {
            throw new CommandFailure(CommandFailure.USAGE, "The first line of " + file + " is empty: write the password there.");
        }
        // without the blanks around it, as in a variable
        return Secret.of(line.strip());
    }
}
