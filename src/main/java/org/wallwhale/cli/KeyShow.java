package org.wallwhale.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** One key. */
@Command(name = "show", mixinStandardHelpOptions = true, description = "Shows an API key without its text.",
        footer = {"", "Examples:", "  wallwhale key show 'nightly job'"})
final class KeyShow extends ServerCommand {
    static final String KEY = "Its name, or its id.";
    @Parameters(paramLabel = "KEY", description = KEY)
    private String key;

    @Override
    int ask(ServerClient server) {
        show(KeyList.judge(Named.key(server, key).body(), Span.now(server)));
        return 0;
    }
}
