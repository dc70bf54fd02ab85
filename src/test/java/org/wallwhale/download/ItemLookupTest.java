package org.wallwhale.download;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.wallwhale.Beans;
import org.wallwhale.access.Callers;
import org.wallwhale.database.TestDatabase;
import org.wallwhale.download.LookedUpItems.Result;
import org.wallwhale.workshop.SteamWebServer;

class ItemLookupTest {
    private final SteamWebServer steam = new SteamWebServer();
    private final Beans beans = new Beans(TestDatabase.h2(), java.util.Map.of("wallwhale.workshop.base-url", steam.base()));

    @AfterEach
    void close() {
        beans.close();
        steam.close();
    }

    @Test
    void everyLineIsAnsweredAndSteamIsAskedOnce() {
        steam.item("5").put("title", "Five").put("file_size", 12).put("consumer_app_id", 294100);
        steam.collection("6", "1", "2");
        steam.missing("7", 9);
        List<LookedUpItems.Line> lines = lookUp("5", "https://steamcommunity.com/sharedfiles/filedetails/?id=6", "7", "nonsense", null, "5");
        assertThat(lines).extracting(LookedUpItems.Line::result).containsExactly(Result.FOUND, Result.FOUND, Result.MISSING, Result.INVALID,
                Result.INVALID, Result.FOUND);
        assertThat(lines.get(0)).isEqualTo(new LookedUpItems.Line("5", Result.FOUND, "5", null, Kind.ITEM, "Five", null, 294100L, 12L, null, null));
        assertThat(lines.get(1).kind()).isEqualTo(Kind.COLLECTION);
        assertThat(lines.get(1).items()).isEqualTo(2);
        assertThat(lines.get(2).message()).endsWith(".");
        assertThat(lines.get(3).message()).startsWith("This is neither an id");
        assertThat(lines.get(5).duplicateOf()).isZero();
        assertThat(steam.questions()).hasSize(2);
    }

    @Test
    void whatSteamDoesNotSayIsUnknown() {
        steam.close();
        assertThat(lookUp("5")).singleElement().satisfies(line -> {
            assertThat(line.result()).isEqualTo(Result.UNKNOWN);
            assertThat(line.pubfileId()).isEqualTo("5");
        });
    }

    private List<LookedUpItems.Line> lookUp(String... lines) {
        return beans.get(ItemLookup.class).of(Arrays.asList(lines), Callers.of(UUID.randomUUID(), "download:read")).items();
    }
}
