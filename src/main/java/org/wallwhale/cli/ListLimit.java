package org.wallwhale.cli;

import picocli.CommandLine.Option;

/** How much of a long list is shown. A command takes it in as a mixin. */
final class ListLimit {
    private static final int FOR_PEOPLE = 50;
    @Option(names = "--limit", paramLabel = "N", description = "As many at most; without it 50 for people, and all with --json.")
    private Integer limit;

    int most(Terminal terminal) {
        if (limit != null && limit < 1) {
            throw new CommandFailure(CommandFailure.USAGE, "--limit takes a number from 1 on, not " + limit + ".");
        }
        return limit != null ? limit : terminal.isJson() ? Integer.MAX_VALUE : FOR_PEOPLE;
    }

    /** Says where nobody chose to see no more. */
    void note(Terminal terminal, int found) {
        if (limit == null && !terminal.isJson() && found == FOR_PEOPLE) {
            terminal.note("There may be more: --limit says how many to show.");
        }
    }
}
