package org.wallwhale.server;

import jakarta.inject.Inject;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;
import java.util.Set;
import org.wallwhale.access.FailedLoginTally;
import org.wallwhale.audit.Refusals;
import org.wallwhale.cluster.Cluster;
import org.wallwhale.database.Pulse;
import org.wallwhale.health.Health;
import org.wallwhale.live.LiveHub;
import org.wallwhale.log.LogOutput;
import org.wallwhale.quota.UsageWriter;
import org.wallwhale.share.ShareUses;
import org.wallwhale.store.Transfers;
import org.wallwhale.worker.Worker;

/**
 * Ends what still has to write: running downloads go back to the queue, and what is counted in memory is written down. A singleton's end
 * would be too late: Payara 6.2025.10 closes an application's data source before it destroys the application's singletons.
 */
@WebListener
public class ServerStop implements ServletContextListener {
    private static final String CLASSES = "/WEB-INF/classes/";
    private static final String SUFFIX = ".class";
    @Inject
    private LiveHub live;
    @Inject
    private Transfers transfers;
    @Inject
    private ShareUses shareUses;
    @Inject
    private Worker worker;
    @Inject
    private UsageWriter usage;
    @Inject
    private FailedLoginTally failedLogins;
    @Inject
    private Refusals refusals;
    @Inject
    private Cluster cluster;
    @Inject
    private Pulse pulse;
    @Inject
    private Health health;
    @Inject
    private LogOutput log;

    /**
     * Loads all classes of the application, because Payara Micro deletes the folder that it unpacked them to at the same time as it
     * stops: a run that needed one more class to give its download back died of a NoClassDefFoundError that nobody saw.
     */
    @Override
    public void contextInitialized(ServletContextEvent start) {
        load(start.getServletContext(), CLASSES + "org/wallwhale/");
    }

    private static void load(ServletContext application, String folder) {
        Set<String> paths = application.getResourcePaths(folder);
        for (String path : paths == null ? Set.<String>of() : paths) {
            if (path.endsWith("/")) {
                load(application, path);
            } else if (path.endsWith(SUFFIX)) {
                load(path.substring(CLASSES.length(), path.length() - SUFFIX.length()).replace('/', '.'));
            }
        }
    }

    /** Not every class can be loaded everywhere: one that needs a server's own library is left out on the other servers. */
    private static void load(String name) {
        try {
            Class.forName(name, false, ServerStop.class.getClassLoader());
        } catch (ClassNotFoundException | LinkageError e) {
            System.getLogger(ServerStop.class.getName()).log(System.Logger.Level.DEBUG, name + " is of no use on this server", e);
        }
    }

    @Override
    public void contextDestroyed(ServletContextEvent end) {
        health.stopping();
        live.stop();
        transfers.stop();
        shareUses.stop();
        worker.stop();
        usage.write();
        failedLogins.write();
        refusals.writeAll();
        cluster.stop();
        pulse.stop();
        log.close();
    }
}
