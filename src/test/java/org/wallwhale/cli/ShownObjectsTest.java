package org.wallwhale.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ShownObjectsTest {
    private static final String ID = "5f0c1a52-0d1e-4c3f-9a43-1f2e3d4c5b6a";

    @Test
    void whatLiesWithinAnObjectHasItsOwnLines() throws IOException {
        try (ScriptedServer server = ScriptedServer.start()) {
            server.on("GET /api/v1/downloads/" + ID, ScriptedServer.json(200, "{\"id\":\"" + ID + "\",\"status\":\"failed\",\"saveRoot\":null,\"error\":"
                    + "{\"code\":\"disk_full\",\"message\":\"The disk is full.\",\"advice\":null},\"links\":{\"self\":\"/x\"},\"children\":{}}"));
            CommandRun run = CommandRun.of(Map.of("wallwhale.url", server.url(), "wallwhale.api-key", ScriptedServer.KEY), "remote", "show", ID);
            assertThat(run.out().lines()).containsExactly("id             " + ID, "status         failed", "error.code     disk_full",
                    "error.message  The disk is full.");
        }
    }
}
