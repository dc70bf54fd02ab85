package org.wallwhale.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.wallwhale.config.DataFolder;

/**
 * Saves what a server has as {@code download --no-zip} does: an item as the folder {@code <id>}, a collection as the folders of its items. The
 * zip is fetched to the folder of work and compared with the server's digest before anything of it is unpacked.
 */
final class FolderFetch implements AutoCloseable {
    /** What a server calls the items of a collection: another name is no place for anything in somebody's folder. */
    private static final Pattern ITEM = Pattern.compile("[0-9]{1,20}(-[0-9]{1,9})?");
    private final ServerClient server;
    private final Terminal terminal;
    private final Path output;
    private final OutputFolder folder;

    /** {@code output} is made if it is missing. */
    FolderFetch(ServerClient server, Terminal terminal, Path output) {
        this.server = server;
        this.terminal = terminal;
        this.output = output;
        this.folder = new OutputFolder(output, false);
    }

    /** With {@code keepZip} the zip lies beside it, in the place of another one only with {@code force}. */
    @SuppressWarnings("try") // a lock is held, not used
    void save(JsonNode download, boolean keepZip, boolean force) {
        String item = download.path("pubfileId").asText().replaceAll("[^0-9]", "");
        String address = ServerCommand.DOWNLOADS + "/" + download.path("id").asText();
        boolean collection = download.path("kind").asText().equals("collection");
        Path zip = folder.work(item).resolve("zip");
        Path unpacked = folder.work(item).resolve("unpacked");
        try (HeldLock lock = folder.lock(item)) {
            demandFree(collection ? items(address) : List.of(item), zip, unpacked);
            if (keepZip) {
                RemoteGet.requireFree(folder.zip(item), force);
            }
            Files.createDirectories(folder.work(item));
            new ZipFetch(server, terminal).save(address + "/zip", zip);
            DataFolder.deleteTree(unpacked);
            List<Path> places = unpack(zip, unpacked, item, collection);
            if (keepZip) {
                Files.move(zip, folder.zip(item), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
                terminal.say(folder.zip(item) + "  " + ProgressBar.bytes(Files.size(folder.zip(item))));
            }
            folder.clean(item);
            places.forEach(place -> terminal.say(place.toString()));
        } catch (IOException e) {
            throw new CommandFailure(CommandFailure.FAILED, "It could not be put into " + output + " (" + SystemReason.of(e) + "): make room there, or name another "
                    + "folder with --output.");
        }
    }

    /** What an interrupted command has left does not stay for nothing where there is no place for it. */
    private void demandFree(List<String> names, Path zip, Path unpacked) throws IOException {
        try {
            names.forEach(name -> folder.requireFree(folder.folder(name)));
        } catch (CommandFailure e) {
            DataFolder.deleteTree(unpacked);
            Files.deleteIfExists(zip);
            throw e;
        }
    }

    /** What a collection is known to bring before it is fetched; of several contents of one item the first alone. */
    private List<String> items(String address) {
        return ServerCommand.pages(server, address + "/children?status=success", "downloads", Integer.MAX_VALUE).stream()
                .filter(part -> part.path("contentAvailable").asBoolean()).map(part -> part.path("pubfileId").asText())
                .filter(name -> ITEM.matcher(name).matches()).toList();
    }

    /** Returns where it lies then. Where that cannot be, nothing is kept: going on would end the same way. */
    private List<Path> unpack(Path zip, Path unpacked, String item, boolean collection) throws IOException {
        try {
            Unpacking.unpack(zip, unpacked);
            List<Path> items = List.of(unpacked);
            List<String> names = List.of(item);
            if (collection) {
                try (Stream<Path> all = Files.list(unpacked)) {
                    items = all.sorted().toList();
                }
                names = items.stream().map(each -> each.getFileName().toString()).toList();
                names.stream().filter(name -> !ITEM.matcher(name).matches() || !Files.isDirectory(unpacked.resolve(name))).findFirst().ifPresent(name -> {
                    throw Unpacking.refused("\"" + name + "\" is no folder of an item");
                });
            }
            List<Path> places = names.stream().map(folder::folder).toList();
            places.forEach(folder::requireFree);
            for (int i = 0; i < names.size(); i++) {
                folder.place(names.get(i), items.get(i));
            }
            return places;
        } catch (CommandFailure e) {
            folder.clean(item);
            throw e;
        }
    }

    /** Nothing is left over, unless something was interrupted. */
    @Override
    public void close() {
        try {
            folder.close();
        } catch (IOException e) {
            // an empty folder stays
        }
    }
}
