package org.wallwhale.sandbox;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The folder the content goes to, and the bookkeeping folder in it. */
final class Target {
    private final String root;
    private final String configRoot;

    private Target(String root, String configRoot) {
        this.root = root;
        this.configRoot = configRoot;
    }

    /** {@code -dir}, else {@code depots/{depot}/{build}}, whose {@code depot.config} all depots share. */
    static Target of(String directory, long depot, int build) {
        if (directory != null) {
            return new Target(directory, directory);
        }
        return new Target(Console.joined("depots/", depot, "/", build).toString(), "depots");
    }

    /** Makes the folders of the bookkeeping. */
    void prepare() throws IOException {
        Files.createDirectories(staging());
        Files.createDirectories(depotConfig().getParent());
    }

    Path bookkeeping() {
        return Path.of(root, ".DepotDownloader");
    }

    Path staging() {
        return bookkeeping().resolve("staging");
    }

    Path depotConfig() {
        return Path.of(configRoot, ".DepotDownloader", "depot.config");
    }

    Path path(ItemFile file) {
        return Path.of(root, file.nameOnDisk());
    }

    Path path(String name) {
        return Path.of(root, name);
    }

    /** The path as the program prints it: the folder as it was given, then the name. */
    String shown(ItemFile file) {
        return Console.joined(root, root.endsWith(File.separator) ? "" : "/", file.name()).toString();
    }
}
