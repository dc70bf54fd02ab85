package org.wallwhale.engine;

import java.nio.file.Path;
import java.util.Map;

/** A server of its own process, to be killed: fetches the item {@code args[1]} below the folder {@code args[0]}. */
final class FetchingServer {
    private FetchingServer() {
    }

    public static void main(String[] args) throws Exception {
        Path folder = Path.of(args[0]);
        DepotDownloader engine = new DepotDownloader(Engines.config(folder, Map.of(
                "wallwhale.engine.stall-after-seconds", "600")));
        Engines.beating(engine);
        System.out.println(engine.fetch(Engines.anonymous(engine, folder, args[1]), new Witness()));
    }
}
