package org.wallwhale.sandbox;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Base64;

/** An item of the old kind: one file from a web server, written into the staging folder and moved to its place. */
final class WebFile {
    /** One grey pixel. */
    private static final String JPEG = """
            /9j/4AAQSkZJRgABAgAAAQABAAD/2wBDAAgGBgcGBQgHBwcJCQgKDBQNDAsLDBkSEw8UHRofHh0aHBwgJC4nICIsIxwcKDcpLDAx
            NDQ0Hyc5PTgyPC4zNDL/wAALCAABAAEBAREA/8QAHwAAAQUBAQEBAQEAAAAAAAAAAAECAwQFBgcICQoL/8QAtRAAAgEDAwIEAwUF
            BAQAAAF9AQIDAAQRBRIhMUEGE1FhByJxFDKBkaEII0KxwRVS0fAkM2JyggkKFhcYGRolJicoKSo0NTY3ODk6Q0RFRkdISUpTVFVW
            V1hZWmNkZWZnaGlqc3R1dnd4eXqDhIWGh4iJipKTlJWWl5iZmqKjpKWmp6ipqrKztLW2t7i5usLDxMXGx8jJytLT1NXW19jZ2uHi
            4+Tl5ufo6erx8vP09fb3+Pn6/9oACAEBAAA/APNq/9k=
            """;

    private final Stage stage;
    private final Target target;

    WebFile(Stage stage) {
        this.stage = stage;
        this.target = Target.of(stage.options().directory(), stage.options().app(), 0);
    }

    /** Downloads it as far as the scenario lets it; even a folder that can not be made is the exit status 0. */
    int download() throws IOException {
        if (stage.plays(Scenario.NOT_WRITABLE_WEB) || !prepared()) {
            stage.console().line("Error: Unable to create install directories!");
            return 0;
        }
        String name = name();
        stage.console().line("Downloading ", name);
        Path staged = target.staging().resolve(name);
        if (stage.plays(Scenario.COLLECTION_340)) {
            Files.write(staged, Base64.getMimeDecoder().decode(JPEG));
        } else {
            receive(staged, name);
        }
        Files.move(staged, target.path(name), StandardCopyOption.REPLACE_EXISTING);
        if (stage.plays(Scenario.TRAVERSAL)) {
            Files.writeString(target.path("readme.txt"), "The other file of this item lies one folder up.\n");
            Files.deleteIfExists(target.path("link"));
            Files.createSymbolicLink(target.path("link"), Path.of("../escape.txt"));
        }
        return 0;
    }

    private boolean prepared() {
        try {
            Files.createDirectories(target.staging());
            return true;
        } catch (IOException notWritable) {
            return false;
        }
    }

    private String name() {
        return switch (stage.script().scenario()) {
            case COLLECTION_340 -> "preview.jpg";
            case TRAVERSAL -> "../escape.txt";
            default -> Console.joined("wallpaper-", Long.toUnsignedString(stage.options().item()), ".pkg").toString();
        };
    }

    /** The staging file is opened without truncation, as DepotDownloader does: a longer leftover keeps its end. */
    private void receive(Path staged, String name) throws IOException {
        Script script = stage.script();
        ItemFile file = new ItemFile(name, script.number("size", script.scenario().bytes));
        Content content = new Content(stage.options().item(), script.number("seed", 0));
        int chunks = Content.chunks(file);
        long delay = script.number("delay_ms", script.scenario().milliseconds / Math.max(1, chunks));
        try (RandomAccessFile bytes = new RandomAccessFile(staged.toFile(), "rw")) {
            for (int index = 0; index < chunks; index++) {
                if (stage.plays(Scenario.STALL_WEB) && index == chunks / 2) {
                    Pause.forever();
                }
                Pause.milliseconds(delay);
                bytes.write(content.chunk(file, index));
            }
        }
    }
}
