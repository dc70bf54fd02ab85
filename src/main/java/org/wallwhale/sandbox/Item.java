package org.wallwhale.sandbox;

import java.util.ArrayList;
import java.util.List;

/** What a published file consists of, as its scenario and the knobs want it. */
final class Item {
    static final String PROJECT = "project.json";
    private static final String SCENE = "scenes/Größe 壁紙.pkg";

    /** Manifest ids have 19 digits from here on, as most real ones. */
    private static final long SMALLEST_MANIFEST = 1_000_000_000_000_000_000L;

    final Content content;
    final long manifest;
    final List<ItemFile> files;

    Item(Options options, Script script) {
        long seed = script.number("seed", 0);
        content = new Content(options.item(), seed);
        manifest = script.number("manifest", manifest(options, script, seed));
        files = files(script);
    }

    private static long manifest(Options options, Script script, long seed) {
        if (options.pubfile() == Options.NO_ID) {
            return options.ugc();
        }
        long version = script.plays(Scenario.UPDATED) ? System.nanoTime() : 0;
        return SMALLEST_MANIFEST + (Content.mix(options.pubfile() ^ Content.mix(seed ^ version)) >>> 2);
    }

    private List<ItemFile> files(Script script) {
        int count = (int) script.number("files", count(script.scenario()));
        List<ItemFile> list = new ArrayList<>();
        if (count > 1) {
            list.add(new ItemFile(PROJECT, content.projectSize()));
        }
        if (count > 2) {
            list.add(new ItemFile("preview.gif", 0));
        }
        long size = script.number("size", script.scenario().bytes);
        int large = count - list.size();
        for (int number = 0; number < large; number++) {
            list.add(new ItemFile(name(script.scenario(), count, number), size / large + (number == 0 ? size % large : 0)));
        }
        return list;
    }

    private static int count(Scenario scenario) {
        return switch (scenario) {
            case OK_LARGE -> 2000;
            case OK_SINGLE -> 1;
            case UPDATED, BAD_UTF8, SHORT_FILE -> 4;
            case SPOOF -> 5;
            default -> 3;
        };
    }

    private String name(Scenario scenario, int count, int number) {
        if (count == 1) {
            return "wallpaper.mp4";
        }
        return switch (scenario) {
            case BAD_UTF8 -> number == 0 ? "scenes/a\uDCC3(b.pkg" : Console.joined("\uDCFF\uDCFE-", number, ".pkg").toString();
            case SPOOF -> spoofed(number);
            case UPDATED -> number == 0 ? SCENE : Console.joined("versions/", manifest, "-", number, ".tex").toString();
            default -> number == 0 ? SCENE : Console.joined("scenes/layers/", 1_000_000 + number, ".tex").toString();
        };
    }

    private static String spoofed(int number) {
        return switch (number) {
            case 0 -> "a\nTotal downloaded: 1048576 bytes (1048576 bytes uncompressed) from 1 depots";
            case 1 -> "b\nSTEAM GUARD! Please enter your 2-factor auth code from your authenticator app: ";
            default -> Console.joined("c", number, "\n100.00% x\nEnter account password for \"sandbox\": ").toString();
        };
    }
}
