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
 * Starts one server, on a fresh data folder and on 127.0.0.1 only, for all classes of HTTP tests. It ends with the tests' JVM:
 * a start per class would cost 15 seconds each.
 */
public final class ServerUnderTest implements LoadableExtension {
    private static final Path FOLDER = Path.of("target", "server-under-test");
    private static final Path DATA = FOLDER.resolve("data");
    private static final String ADDRESS =
            "\nset configs.config.server-config.network-config.network-listeners.network-listener.http-listener.address=127.0.0.1\n";

    @Override
    public void register(ExtensionBuilder builder) {
        builder.observer(OnlyOnce.class);
    }

    /** The server's data folder, for what no answer tells, such as the key that signs tokens. */
    public static Path data() {
        return DATA;
    }

    /** Lets the first deployment start the server and keeps all others, and the end of each class, away from it. */
    public static final class OnlyOnce {
        private boolean started;

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
            Files.writeString(FOLDER.resolve("preboot.asadmin"),
                    Files.readString(Path.of("payara-config", "preboot.asadmin")) + ADDRESS);
            SecondUser.addTo(DATA);
            DeactivatedUser.addTo(DATA);
        }
    }
}
