package org.wallwhale.server;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.wallwhale.access.AccessConfig;
import org.wallwhale.access.IssuerConfig;
import org.wallwhale.audit.AuditConfig;
import org.wallwhale.cluster.InstanceConfig;
import org.wallwhale.config.DataFolder;
import org.wallwhale.config.SealingConfig;
import org.wallwhale.config.Settings;
import org.wallwhale.database.DatabaseConfig;
import org.wallwhale.download.DownloadConfig;
import org.wallwhale.engine.EngineConfig;
import org.wallwhale.live.LiveConfig;
import org.wallwhale.log.LogConfig;
import org.wallwhale.rest.CorsConfig;
import org.wallwhale.rest.RestConfig;
import org.wallwhale.quota.QuotaConfig;
import org.wallwhale.share.ShareConfig;
import org.wallwhale.steam.SteamConfig;
import org.wallwhale.store.StoreConfig;
import org.wallwhale.worker.WorkerConfig;
import org.wallwhale.workshop.WorkshopConfig;

/** All settings of all rooms. */
public final class Configuration {
    private static final String PREFIX = "WALLWHALE_";
    /** Read by the sandbox program when it is started by hand; the server hands no variable on to it. */
    private static final String SANDBOX_PROGRAM = "WALLWHALE_SANDBOX_";
    /** What Kubernetes tells every pod of a Service called wallwhale. */
    private static final Pattern OF_A_SERVICE = Pattern.compile("WALLWHALE_(SERVICE_HOST|SERVICE_PORT(_.+)?|PORT(_\\d+_.+)?)");

    private Configuration() {
    }

    /**
     * What keeps the server from starting, a sentence each; empty when it may start.
     *
     * @param variables the names of all environment variables: one that no setting has is probably misspelt
     * @param fileNames the charset of file names, as in the system property {@code sun.jnu.encoding}
     */
    public static List<String> faults(Settings settings, Collection<String> variables, String fileNames) {
        DataFolder folder = new DataFolder(settings);
        folder.tryOut(settings);
        new DatabaseConfig(settings);
        new CorsConfig(settings);
        new RestConfig(settings);
        new InstanceConfig(settings);
        new AuditConfig(settings);
        new AccessConfig(settings);
        new IssuerConfig(settings);
        new QuotaConfig(settings);
        new EngineConfig(settings);
        new WorkshopConfig(settings);
        new DownloadConfig(settings).checkExportRoot(settings, folder.root());
        new StoreConfig(settings);
        new ShareConfig(settings);
        new SteamConfig(settings);
        new WorkerConfig(settings);
        new LiveConfig(settings);
        new LogConfig(settings);
        new SealingConfig(settings);
        // of the launcher and of the commands, for which nothing is wrong with them here
        List.of("wallwhale.http.address", "wallwhale.url", "wallwhale.api-key", "wallwhale.ca-file", "wallwhale.password", "wallwhale.steam-password")
                .forEach(settings::text);
        List<String> faults = new ArrayList<>(settings.faults());
        faults.addAll(unknown(settings, variables));
        if (!fileNames.equals("UTF-8")) {
            faults.add("LC_ALL must name a UTF-8 locale such as C.UTF-8, because items carry file names in every script; "
                    + "this server would write them in " + fileNames + ".");
        }
        return faults.stream().distinct().toList();
    }

    private static List<String> unknown(Settings settings, Collection<String> variables) {
        List<String> known = settings.asked().stream().map(Settings::variable).toList();
        return variables.stream()
                .filter(name -> name.startsWith(PREFIX) && !name.startsWith(SANDBOX_PROGRAM)
                        && !OF_A_SERVICE.matcher(name).matches() && !known.contains(name)).sorted()
                .map(name -> name + " is no setting; did you mean " + nearest(name, known) + "?").toList();
    }

    /** The name that shares the most letter pairs. */
    private static String nearest(String name, List<String> known) {
        return known.stream().max(Comparator.comparingInt(candidate -> sharedPairs(name, candidate))).orElseThrow();
    }

    private static int sharedPairs(String one, String other) {
        Map<String, Long> pairs = pairs(one);
        Map<String, Long> others = pairs(other);
        long shared = pairs.entrySet().stream().mapToLong(pair -> Math.min(pair.getValue(), others.getOrDefault(pair.getKey(), 0L))).sum();
        return (int) (2000 * shared / (one.length() + other.length() - 2));
    }

    private static Map<String, Long> pairs(String text) {
        return IntStream.range(0, text.length() - 1).mapToObj(i -> text.substring(i, i + 2))
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
    }
}
