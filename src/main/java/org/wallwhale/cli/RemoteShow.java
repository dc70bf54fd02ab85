package org.wallwhale.cli;

import com.fasterxml.jackson.databind.JsonNode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** One download. */
@Command(name = "show", mixinStandardHelpOptions = true, description = "Shows a download.",
        footerHeading = ServerCommand.EXAMPLES, footer = {"  wallwhale remote show 3000000000",
            "  wallwhale remote show 5f0c1a52-0d1e-4c3f-9a43-1f2e3d4c5b6a --json"})
final class RemoteShow extends ServerCommand {
    static final String ID = "The download's id; or an item's, for your newest download of it.";
    @Parameters(paramLabel = "<id>", description = ID)
    private String id;

    @Override
    int ask(ServerClient server) {
        show(Named.download(server, id));
        return 0;
    }

    /** What became of it, on one line. */
    static String summary(JsonNode download) {
        String why = download.path("error").path("message").asText("");
        String advice = download.path("error").path("advice").asText("");
        boolean stopping = download.path("status").asText().equals("running") && download.path("phase").asText().equals("canceling");
        return download.path("pubfileId").asText() + "  " + download.path("id").asText() + "  " + (stopping ? "canceling" : download.path("status").asText())
                + (download.path("title").asText("").isEmpty() ? "" : "  " + download.path("title").asText())
                + (download.path("status").asText().equals("success") ? "  " + ProgressBar.bytes(download.path("bytesDone").asLong()) : "")
                + (why.isEmpty() ? "" : "  " + why) + (advice.isEmpty() ? "" : " " + advice);
    }
}
