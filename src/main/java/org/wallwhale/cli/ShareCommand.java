package org.wallwhale.cli;

import picocli.CommandLine.Command;

/** Everything about share links. */
@Command(name = "share", description = "Makes, lists, changes and revokes links for people without an account.", subcommands = {ShareCreate.class, ShareLinks.class,
    ShareChange.class, ShareRevoke.class}, mixinStandardHelpOptions = true)
final class ShareCommand {
}
