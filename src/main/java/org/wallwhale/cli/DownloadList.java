package org.wallwhale.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The ids and addresses that a person named: on the command line, in a file ({@code @file}), or on standard input ({@code -}). A list has
 * one in each line; empty lines, and what follows a {@code #} after a blank, are left out.
 */
final class DownloadList {
    private static final int MOST = 10_000;
    private final List<String> entries = new ArrayList<>();

    private DownloadList() {
    }

    static List<String> read(List<String> arguments, List<Path> files, InputStream input) {
        DownloadList list = new DownloadList();
        files.forEach(list::add);
        for (String argument : arguments) {
            if (argument.equals("-")) {
                list.add(input, "Standard input");
            } else if (argument.startsWith("@")) {
                list.add(Path.of(argument.substring(1)));
            } else {
                list.entries.add(argument);
            }
        }
        return list.entries;
    }

    private void add(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            add(in, "The file " + file);
        } catch (IOException e) {
            throw new CommandFailure(CommandFailure.USAGE, "The file " + file + " cannot be read: name one with an id or address in each "
                    + "line.");
        }
    }

    private void add(InputStream in, String name) {
        try {
            BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String entry = line.replaceFirst("(^|\\s)#.*", "").strip();
                if (!entry.isEmpty()) {
                    entries.add(entry);
                }
                if (entries.size() > MOST) {
                    throw new CommandFailure(CommandFailure.USAGE, name + " has more than " + MOST + " items: split it.");
                }
            }
        } catch (IOException e) {
            throw new CommandFailure(CommandFailure.USAGE, name + " could not be read to its end: " + SystemReason.of(e) + ".");
        }
    }
}
