package org.wallwhale.cli;

import picocli.CommandLine.Command;

/** Downloads of a running server. */
@Command(name = "remote", description = "Downloads by a running server, and what it has.", mixinStandardHelpOptions = true,
        subcommands = {RemoteDownload.class, RemoteList.class, RemoteBatches.class, RemoteShow.class, RemoteLogs.class, RemoteGet.class,
            RemoteCancel.class, RemoteRetry.class})
final class Remote {
}
