package org.wallwhale.sandbox;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What the files of an item must hold, made anew by the same rules. */
public final class ExpectedItem {
    private ExpectedItem() {
    }

    /** Empty when exactly the files of {@code item} lie in {@code folder}, byte by byte; else what is wrong. */
    public static Optional<String> difference(String item, Path folder) throws IOException {
        Options options = Options.read(new Arguments(new String[] {"-app", "431960", "-pubfile", item}), new Console());
        Item expected = new Item(options, Script.choose(options));
        List<String> names = expected.files.stream().map(ItemFile::nameOnDisk).sorted().toList();
        if (!Files.isDirectory(folder) || !names.equals(names(folder))) {
            return Optional.of("not the files " + names + " in " + folder);
        }
        for (ItemFile file : expected.files) {
            if (!holds(folder.resolve(file.nameOnDisk()), file, expected.content)) {
                return Optional.of("not the bytes of " + file.name() + " in " + folder);
            }
        }
        return Optional.empty();
    }

    private static boolean holds(Path path, ItemFile file, Content content) throws IOException {
        try (InputStream in = Files.newInputStream(path)) {
            for (int index = 0; index < Content.chunks(file); index++) {
                byte[] chunk = content.chunk(file, index);
                if (!Arrays.equals(in.readNBytes(chunk.length), chunk)) {
                    return false;
                }
            }
            return in.read() < 0;
        }
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> tree = Files.walk(folder)) {
            return tree.filter(Files::isRegularFile).map(path -> folder.relativize(path).toString()).sorted().toList();
        }
    }
}
