package org.wallwhale.store;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.persistence.EntityManager;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wallwhale.Beans;
import org.wallwhale.config.DataFolder;
import org.wallwhale.database.TestDatabase;

class StoredVersionTest {
    @TempDir
    private Path data;

    @Test
    void itsFilesAreLookedAtWhileNoTransactionIsOpen() throws Exception {
        try (Beans beans = new Beans(TestDatabase.h2(), Map.of("wallwhale.data-dir", data.toString()))) {
            List<Boolean> looks = new ArrayList<>();
            beans.put(StoreFolder.class, new StoreFolder(beans.get(DataFolder.class)) {
                @Override
                boolean holds(String name, List<ContentFile> files) {
                    looks.add(isInTransaction(beans));
                    return super.holds(name, files);
                }
            });
            StoreService store = beans.get(StoreService.class);
            Path content = Files.createDirectories(data.resolve("work/content"));
            Files.writeString(content.resolve("a"), "a");
            Arrival arrival = store.scan(new ContentKey("steam", 1, "7", "1"), 1, content, List.of("a"));
            store.takeIn(arrival, content);
            beans.transaction(() -> store.register(arrival, Optional.empty()));
            Arrival stored = store.find(arrival.key()).orElseThrow();
            assertThat(beans.transaction(() -> store.keep(stored))).isPresent();
            assertThat(looks).isNotEmpty().containsOnly(false);
            Files.delete(data.resolve("store").resolve(stored.folder()).resolve("a"));
            assertThat(store.isWhole(stored)).isFalse();
            assertThat(store.find(arrival.key())).isEmpty();
            Files.delete(data.resolve("store").resolve(stored.folder()));
            assertThat(beans.transaction(() -> store.keep(stored))).isEmpty();
        }
    }

    /** Nothing can be done but reading outside of one. */
    private static boolean isInTransaction(Beans beans) {
        try {
            beans.get(EntityManager.class).flush();
            return true;
        } catch (IllegalStateException e) {
            return false;
        }
    }
}
