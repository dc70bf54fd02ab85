package org.wallwhale.engine;

import java.util.List;

/**
 * A program with DepotDownloader's command line.
 *
 * @param command the program and its fixed first arguments
 * @param sandbox true for the scripted stand-in, which always says that it is one
 */
public record Tool(List<String> command, boolean sandbox) {
    public Tool {
        command = List.copyOf(command);
    }
}
