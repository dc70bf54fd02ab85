package org.wallwhale.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The sandbox program as the DepotDownloader that an operator installed: what runs with it is a Steam download to the server. */
final class OperatorsTool {
    private static final Path JAR = Path.of("target/classes/org/wallwhale/engine/wallwhale-sandbox.jar").toAbsolutePath();

    private OperatorsTool() {
    }

    /** An executable in this folder, as the setting {@code wallwhale.engine.depotdownloader-path} wants it. */
    static String in(Path folder) throws IOException {
        Path script = Files.writeString(folder.resolve("depotdownloader"), "#!/bin/sh\nexec \"" + System.getProperty("java.home")
                + "/bin/java\" -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xshare:auto -Xmx64m -jar \"" + JAR + "\" \"$@\"\n");
        if (!script.toFile().setExecutable(true)) {
            throw new IOException(script + " cannot be made executable");
        }
        return script.toAbsolutePath().toString();
    }
}
