package org.wallwhale.page;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType.LaunchOptions;
import com.microsoft.playwright.Playwright;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The distribution's Chromium, one process for all visits of a test class. */
final class Chromium implements AutoCloseable {
    private final Playwright playwright = Playwright.create(new Playwright.CreateOptions()
            .setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    private final Browser browser = playwright.chromium().launch(new LaunchOptions().setExecutablePath(program())
            // a container has neither name spaces for its own sandbox nor much shared memory
            .setArgs(List.of("--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu")));

    /** A new browser profile at the server. */
    Visit visit(String root, Look look) {
        return new Visit(browser, root, look);
    }

    private static Path program() {
        return Stream.of(System.getenv("PATH").split(":")).flatMap(folder -> Stream.of("chromium", "chromium-browser", "google-chrome")
                .map(name -> Path.of(folder, name))).filter(Files::isExecutable).findFirst()
                .orElseThrow(() -> new IllegalStateException("There is no Chromium; on Debian: apt-get install chromium"));
    }

    @Override
    public void close() {
        playwright.close();
    }
}
