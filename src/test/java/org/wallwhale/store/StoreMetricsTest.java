package org.wallwhale.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wallwhale.Beans;
import org.wallwhale.database.TestDatabase;
import org.wallwhale.metrics.Exposition;
import org.wallwhale.metrics.Registry;

class StoreMetricsTest {
    @TempDir
    private Path folder;
    private TestDatabase database;
    private Beans beans;

    @BeforeEach
    void open() {
        database = TestDatabase.h2();
        beans = new Beans(database, Map.of("wallwhale.data-dir", folder.toString()));
    }

    @AfterEach
    void close() {
        beans.close();
    }

    private double value(String metric) {
        beans.get(StoreMetrics.class).refresh();
        return Exposition.of(beans.get(Registry.class)).series().get(metric);
    }

    @Test
    void theStoreIsAsFullAsItsRowsSay() {
        assertThat(value("wallwhale_store_bytes")).isZero();
        for (long bytes : new long[] {3L << 30, 5}) {
            database.transaction(entities -> entities.createNativeQuery("insert into contents (id, source, app_id, pubfile_id, version, "
                    + "folder, size_bytes, file_count, created_at) values (random_uuid(), 'steam', 1, '1', ?1, ?1, ?2, 1, current_timestamp)")
                    .setParameter(1, "v" + bytes).setParameter(2, bytes).executeUpdate());
        }
        assertThat(value("wallwhale_store_bytes")).isEqualTo((3L << 30) + 5);
    }

    @Test
    void anAdministratorSeesTheSameAndHowManyContentsThereAre() {
        StoreView empty = beans.get(StoreMetrics.class).view();
        assertThat(List.of(empty.usedBytes(), empty.contents())).containsExactly(0L, 0L);
        assertThat(empty.freeBytes()).isPositive().isLessThanOrEqualTo(empty.totalBytes());
        assertThat(empty.lowWatermarkBytes()).isEqualTo(empty.highWatermarkBytes()).isEqualTo(1L << 30);
        database.transaction(entities -> entities.createNativeQuery("insert into contents (id, source, app_id, pubfile_id, version, folder, "
                + "size_bytes, file_count, created_at) values (random_uuid(), 'steam', 1, '1', 'v', 'v', 7, 1, current_timestamp)").executeUpdate());
        assertThat(beans.get(StoreMetrics.class).view().usedBytes()).as("as at the last look").isZero();
        beans.get(StoreMetrics.class).refresh();
        StoreView full = beans.get(StoreMetrics.class).view();
        assertThat(List.of(full.usedBytes(), full.contents())).containsExactly(7L, 1L);
    }

    @Test
    void itsDiskHasRoomAndAWatermark() {
        assertThat(value("wallwhale_store_free_bytes")).isPositive();
        assertThat(value("wallwhale_store_min_free_bytes")).isEqualTo(1L << 30);
    }
}
