package org.wallwhale.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wallwhale.Api;
import org.wallwhale.server.ServerProcess;

/** A queue that is longer than anybody reads. */
class LongQueuePageIT {
    private static final int ROWS = 10_000;
    private static final int AT_ONCE = 1_000;
    private static final int MOST_DRAWN = 100;
    @TempDir
    private Path folder;

    @Test
    void tenThousandRowsAreScrolledToTheLastWhileFewAreDrawn() throws Exception {
        Map<String, String> settings = Map.of("WALLWHALE_WORKER_SLOTS", "0",
                "WALLWHALE_QUOTA_RATE_LIMIT", "100000", "WALLWHALE_REST_STALL_AFTER_SECONDS", "30");
        try (ServerProcess server = ServerProcess.start(folder, ServerProcess.freePort(), settings);
                Chromium chromium = new Chromium(); Visit visit = chromium.visit(server.root(), Look.LIGHT)) {
            fill(server);
            visit.open("queue").login(ServerProcess.EMAIL, ServerProcess.PASSWORD);
            PlaywrightAssertions.assertThat(visit.part(".rail a.all b")).hasText("1,000+");
            Page page = visit.page();
            page.locator(".row").first().focus();
            for (int steps = 0; !visit.part(".more").textContent().contains("10,000"); steps++) {
                assertThat(steps).as("pages").isLessThan(ROWS);
                page.keyboard().press("End");
                assertThat(page.locator(".row").count()).isLessThan(MOST_DRAWN);
            }
            page.keyboard().press("End");
            // the head is the first row
            PlaywrightAssertions.assertThat(visit.part(".row[aria-rowindex='" + (ROWS + 1) + "']")).isVisible();
            visit.isFaultless();
        }
    }

    private static void fill(ServerProcess server) {
        Api anonymous = Api.anonymous().at(server.root());
        Api first = Api.withToken(anonymous.login(ServerProcess.EMAIL, ServerProcess.PASSWORD).json().get("accessToken").textValue()).at(server.root());
        for (int from = 0; from < ROWS; from += AT_ONCE) {
            ObjectNode batch = Api.object();
            ArrayNode items = batch.putArray("items");
            for (int number = from; number < from + AT_ONCE; number++) {
                items.addObject().put("urlOrId", item(number)).put("accountName", "sandbox");
            }
            assertThat(first.post("/api/v1/downloads/batch", batch).status()).isEqualTo(202);
        }
    }

    private static String item(int number) {
        return String.valueOf(5_000_000_000L + number);
    }
}
