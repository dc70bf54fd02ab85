package org.wallwhale.cli;

import picocli.CommandLine.Option;

/** Asks before what cannot be taken back. A command takes it in as a mixin. */
final class Consent {
    @Option(names = {"-y", "--yes"}, description = "Do not ask first. Needed where there is no terminal.")
    private boolean yes;

    /** Returns when a person, or {@code --yes}, has said so. {@code deed} is such as "Revoke the key x for good". */
    void demand(Terminal terminal, String deed) {
        if (!yes && !terminal.canAsk()) {
            throw new CommandFailure(CommandFailure.USAGE, "There is no terminal to ask at (" + deed + "?): say --yes if you mean it.");
        }
        if (!yes && !terminal.ask(deed + "? [y/N]", "Say --yes if you mean it.").matches("(?i)y(es)?")) {
            throw new CommandFailure(CommandFailure.FAILED, "Nothing was done.");
        }
    }
}
