package org.wallwhale;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import org.jboss.arquillian.container.spi.event.DeployManagedDeployments;
import org.jboss.arquillian.container.spi.event.UnDeployManagedDeployments;
import org.jboss.arquillian.core.api.annotation.Observes;
import org.jboss.arquillian.core.spi.EventContext;
import org.jboss.arquillian.core.spi.LoadableExtension;
import org.wallwhale.access.DeactivatedUser;
import org.wallwhale.access.SecondUser;

/**
 * Starts one server, on a fresh data folder and on 127.0.0.1 only, for all classes of HTTP tests of this JVM. It ends with the JVM:
 * a start per class would cost 15 seconds each. The JVMs that run tests at the same time have a folder and a port each.
 */
public final class ServerUnderTest implements LoadableExtension {
    private static final String NAME = System.getProperty("server.under.test");
    private static final String PORT = System.getProperty("port.of." + NAME);
    /** Without a slash at its end. */
    public static final String URL = "http://127.0.0.1:" + PORT;
    private static final Path FOLDER = Path.of("target", "server-under-test", NAME);
    private static final Path DATA = FOLDER.resolve("data");
    private static final Path PREBOOT = FOLDER.resolve("preboot.asadmin");
    private static final String ADDRESS =
            "\nset configs.config.server-config.network-config.network-listeners.network-listener.http-listener.address=127.0.0.1\n";

    @Override
    public void register(ExtensionBuilder builder) {
        System.setProperty("payara.cmdOptions", "-Xmx512m -XX:+UseSerialGC -Dwallwhale.data-dir=" + DATA.toAbsolutePath()
                + " -Dwallwhale.http.port=" + PORT);
        System.setProperty("payara.extraMicroOptions", "--contextroot / --port " + PORT + " --disablephonehome --prebootcommandfile "
                + PREBOOT.toAbsolutePath() + " --logToFile " + FOLDER.toAbsolutePath().resolve("server.log"));
        builder.observer(OnlyOnce.class);
    }

    /** The server's data folder, for what no answer tells, such as the key that signs tokens. */
    public static Path data() {
        return DATA;
    }

    /** Lets the first deployment start the server and keeps all others, and the end of each class, away from it. */
    public static final class OnlyOnce {
        /** Of the JVM, which may have a new instance for each class. */
        private static boolean started;

        void deploy(@Observes EventContext<DeployManagedDeployments> event) throws IOException {
            if (!started) {
                started = true;
                prepare();
                event.proceed();
            }
        }

        void keep(@Observes EventContext<UnDeployManagedDeployments> event) {
            // nothing: that is the point
        }

        private static void prepare() throws IOException {
            if (Files.exists(FOLDER)) {
                try (Stream<Path> old = Files.walk(FOLDER)) {
                    for (Path path : old.sorted(Comparator.reverseOrder()).toList()) {
                        Files.delete(path);
                    }
                }
            }
            Files.createDirectories(DATA);
            Files.writeString(PREBOOT,
                    Files.readString(Path.of("payara-config", "preboot.asadmin")) + ADDRESS);
            SecondUser.addTo(DATA);
            DeactivatedUser.addTo(DATA);
        }
    }
}
