package org.wallwhale.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.assertions.LocatorAssertions.HasTextOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.zip.ZipFile;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wallwhale.server.ServerProcess;

/** A server that nobody has used yet, and one that goes away under an open page. */
class FirstRunPageIT {
    private static final double LONG = 120_000;
    private static final String PASSWORD = "teapot lantern gravel sixty";
    @TempDir
    private Path folder;

    @Test
    void aNewServerIsSetUpDownloadsItsFirstItemAndIsFoundAgainAfterARestart() throws Exception {
        int port = ServerProcess.freePort();
        Map<String, String> settings = Map.of("WALLWHALE_ADMIN_EMAIL", "");
        try (Chromium chromium = new Chromium(); Visit visit = setUp(chromium, port, settings)) {
            visit.isFaultless();
            try (ServerProcess server = ServerProcess.start(folder, port, settings)) {
                assertThat(visit.part(".connection")).hasText("live", new HasTextOptions().setTimeout(LONG));
                visit.part("header.top nav a").first().click();
                assertThat(visit.part(".rail a.success b")).hasText("1");
            }
        }
    }

    /** Everything from the first look to the zip on the disk; the server is stopped at the end, and the page says so. */
    private Visit setUp(Chromium chromium, int port, Map<String, String> settings) throws Exception {
        try (ServerProcess server = ServerProcess.start(folder, port, settings)) {
            Visit visit = chromium.visit(server.root(), Look.LIGHT);
            visit.open("queue");
            visit.part("ww-setup").getByLabel("One-time token").fill(Files.readString(folder.resolve("data/secrets/setup-token")));
            visit.part("ww-setup").getByLabel("Mail address").fill("first@example.org");
            visit.part("ww-setup").getByLabel("Password").fill(PASSWORD);
            visit.look("setup");
            visit.button("Create the administrator").click();
            assertThat(visit.part("ww-welcome")).isVisible();
            visit.rest();
            visit.look("welcome-engine");
            for (int step = 0; step < 3; step++) {
                visit.part("ww-welcome [aria-current=step] footer button").last().click();
            }
            visit.look("welcome-first");
            visit.part("ww-welcome [aria-current=step] button.secondary").click();
            assertThat(visit.part(".download-head .chip").first()).hasText("done", new HasTextOptions().setTimeout(LONG));
            Download zip = visit.page().waitForDownload(() -> visit.page().getByText("Download zip").first().click());
            zip.saveAs(folder.resolve("first.zip"));
            try (ZipFile opened = new ZipFile(folder.resolve("first.zip").toFile())) {
                Assertions.assertThat(Collections.list(opened.entries())).isNotEmpty();
            }
            return visit;
        }
    }
}
