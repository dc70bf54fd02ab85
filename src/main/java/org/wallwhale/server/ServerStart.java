package org.wallwhale.server;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import org.wallwhale.access.AccessConfig;
import org.wallwhale.access.AddressFile;
import org.wallwhale.access.AdministratorService;
import org.wallwhale.access.SessionService;
import org.wallwhale.audit.AuditChainService;
import org.wallwhale.audit.AuditConfig;
import org.wallwhale.cluster.Cluster;
import org.wallwhale.cluster.Instance;
import org.wallwhale.config.DataFolder;
import org.wallwhale.config.Settings;
import org.wallwhale.database.Database;
import org.wallwhale.database.Pulse;
import org.wallwhale.health.Health;
import org.wallwhale.idempotency.Idempotency;
import org.wallwhale.live.LiveHub;
import org.wallwhale.log.LogOutput;
import org.wallwhale.quota.QuotaService;
import org.wallwhale.quota.UsageService;
import org.wallwhale.share.ShareConfig;
import org.wallwhale.share.ShareService;
import org.wallwhale.share.ShareUses;
import org.wallwhale.steam.Rotation;
import org.wallwhale.store.StoreCleanup;
import org.wallwhale.store.Transfers;
import org.wallwhale.worker.WorkCleanup;
import org.wallwhale.worker.Worker;

/**
 * Starts the server in order, and refuses the start with every fault of the settings at once. Each step has transactions of its own:
 * Payara would put a whole start into one, whatever its transaction attribute is.
 */
@Singleton
@Startup
@TransactionManagement(TransactionManagementType.BEAN)
public class ServerStart {
    private static final Logger LOG = System.getLogger(ServerStart.class.getName());
    /** Set where nothing else runs in the process, so that it ends when the start fails: Payara Micro would stay, and serve nothing. */
    private static final String OWN_PROCESS = "wallwhale.own-process";
    private static final int CONFIGURATION = 3;
    private static final int FAILED = 1;
    @Inject
    private Settings settings;
    @Inject
    private Database database;
    @Inject
    private Pulse pulse;
    @Inject
    private AdministratorService administrators;
    @Inject
    private SessionService sessions;
    @Inject
    private AddressFile addresses;
    @Inject
    private Instance instance;
    @Inject
    private Cluster cluster;
    @Inject
    private Worker worker;
    @Inject
    private StoreCleanup cleanup;
    @Inject
    private WorkCleanup workCleanup;
    @Inject
    private LiveHub live;
    @Inject
    private Transfers transfers;
    @Inject
    private ShareUses shareUses;
    @Inject
    private ShareService shares;
    @Inject
    private Idempotency idempotency;
    @Inject
    private Rotation rotation;
    @Inject
    private AuditChainService chain;
    @Inject
    private UsageService usage;
    @Inject
    private QuotaService quota;
    @Inject
    private Health health;
    @Inject
    private LogOutput log;

    @PostConstruct
    void start() {
        StartSteps steps = new StartSteps();
        try {
            begin(steps);
        } catch (Throwable e) {
            // also an Error; whoever starts the application anew in the same process must meet nothing of this one
            RuntimeException refusal = steps.undo(e);
            if (Boolean.getBoolean(OWN_PROCESS)) {
                System.err.println(refusal.getMessage());
                Runtime.getRuntime().halt(StartSteps.isForGood(e) ? CONFIGURATION : FAILED);
            }
            throw refusal;
        }
    }

    private void demandSoundSettings() {
        List<String> faults = Configuration.faults(settings, System.getenv().keySet(), System.getProperty("sun.jnu.encoding", "UTF-8"));
        if (!faults.isEmpty()) {
            throw new IllegalStateException("The start is refused, because of these settings:\n  " + String.join("\n  ", faults));
        }
    }

    private void begin(StartSteps steps) {
        demandSoundSettings();
        steps.begin(log::open, log::close);
        addresses.load();
        steps.begin(instance::join, instance::leave);
        database.migrate();
        steps.begin(pulse::start, pulse::stop);
        database.confirmFolder(new DataFolder(settings), List.of(AccessConfig.KEY_PEPPER, AuditConfig.CHAIN_KEY, ShareConfig.LINK_KEY));
        rotation.confirmKeys();
        administrators.ensureAdministrator();
        steps.begin(worker::start, worker::stop);
        steps.begin(live::start, live::stop);
        steps.begin(transfers::start, transfers::stop);
        steps.begin(shareUses::start, shareUses::stop);
        // last, because what it shows and hears is of the others
        steps.begin(cluster::start, cluster::stop);
        health.started();
        LOG.log(Level.INFO, "WallWhale Server is ready as instance " + instance.id() + ".");
    }

    @Schedule(hour = "*", minute = "*/10", persistent = false)
    void housekeeping() {
        cleanup.run();
        workCleanup.run();
        drop("Expired sessions", sessions::dropExpired);
        drop("Old entries of the audit log", () -> {
            while (chain.dropOld()) {
                continue;
            }
        });
        drop("Old counts of calls", () -> {
            while (usage.dropSome() || quota.dropSome()) {
                continue;
            }
        });
        drop("Recorded answers", idempotency::dropOld);
        drop("Ended share links", () -> {
            while (shares.dropSome()) {
                continue;
            }
        });
        drop("Seals of older keys", rotation::resealAll);
    }

    /** Never throws, because a server may give up a timer that does. */
    private static void drop(String what, Runnable drop) {
        try {
            drop.run();
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, what + " could not be dropped; it is tried again.", e);
        }
    }

    @PreDestroy
    void leave() {
        instance.leave();
    }
}
