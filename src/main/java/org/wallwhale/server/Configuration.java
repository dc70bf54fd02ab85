package org.wallwhale.server;

import java.util.List;
import org.wallwhale.access.AccessConfig;
import org.wallwhale.cluster.InstanceConfig;
import org.wallwhale.config.DataFolder;
import org.wallwhale.config.Settings;
import org.wallwhale.database.DatabaseConfig;
import org.wallwhale.download.DownloadConfig;
import org.wallwhale.engine.EngineConfig;
import org.wallwhale.live.LiveConfig;
import org.wallwhale.rest.CorsConfig;
import org.wallwhale.store.StoreConfig;
import org.wallwhale.worker.WorkerConfig;

/** All settings of all rooms. */
public final class Configuration {
    private Configuration() {
    }

    /** What is wrong with the settings, a sentence each; empty when the server may start. */
    public static List<String> faults(Settings settings) {
        new DataFolder(settings);
        new DatabaseConfig(settings);
        new CorsConfig(settings);
        new InstanceConfig(settings);
        new AccessConfig(settings);
        new EngineConfig(settings);
        new DownloadConfig(settings);
        new StoreConfig(settings);
        new WorkerConfig(settings);
        new LiveConfig(settings);
        return settings.faults().stream().distinct().toList();
    }
}
