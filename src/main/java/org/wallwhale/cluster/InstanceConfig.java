package org.wallwhale.cluster;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.wallwhale.config.Settings;

/** The name of this server: host and port unless configured. */
@Dependent
public class InstanceConfig {
    private final String instanceId;
    private final int port;

    @Inject
    public InstanceConfig(Settings settings) {
        port = settings.wholeNumber("wallwhale.http.port", 1, 65_535);
        instanceId = settings.text("wallwhale.instance-id").orElseGet(() -> host() + "-" + port);
        if (!instanceId.matches("[A-Za-z0-9._-]{1,100}")) {
            settings.fault("wallwhale.instance-id", "must have from 1 to 100 letters, digits, dots, hyphens or underscores, but is \""
                    + instanceId + "\"");
        }
    }

    String instanceId() {
        return instanceId;
    }

    /** To show to people: a server that {@code serve} did not start does not know its port. */
    String address() {
        return host() + ":" + port;
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }
}
