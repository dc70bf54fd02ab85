package org.wallwhale.certificate;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.Optional;
import org.wallwhale.config.DataFolder;
import org.wallwhale.config.Settings;

/** Whether {@code serve} speaks TLS by itself, and what it shows then. */
@Dependent
public class TlsConfig {
    private static final String CERTIFICATE = "wallwhale.tls.cert-file";
    private static final String KEY = "wallwhale.tls.key-file";
    private final boolean enabled;
    private final Path certificate;
    private final Path key;
    private final boolean own;
    private final int plainPort;
    private final int port;
    private final String address;

    @Inject
    public TlsConfig(Settings settings) {
        enabled = settings.onOff("wallwhale.tls.enabled");
        plainPort = settings.wholeNumber("wallwhale.tls.plain-port", 0, 65_535);
        port = settings.wholeNumber("wallwhale.http.port", 1, 65_535);
        address = settings.text("wallwhale.http.address").orElse("127.0.0.1");
        own = settings.text(CERTIFICATE).isEmpty();
        certificate = settings.path(CERTIFICATE).orElseGet(() -> new DataFolder(settings).secretFile(CertificateFiles.SERVER));
        key = settings.path(KEY).orElse(certificate);
        if (own && settings.text(KEY).isPresent()) {
            settings.fault(KEY, "names the key of a certificate that " + Settings.variable(CERTIFICATE) + " must name");
        }
        if (enabled && plainPort == port) {
            settings.fault("wallwhale.tls.plain-port", "must be another port than that of TLS, " + plainPort);
        }
    }

    public boolean enabled() {
        return enabled;
    }

    /** PEM: the server's certificate, then those that vouch for it; its key as well, unless {@link #key} is another file. */
    public Path certificate() {
        return certificate;
    }

    public Path key() {
        return key;
    }

    /** Whether the certificate is the one in the data folder, which the server and its commands make. */
    public boolean isOwn() {
        return own;
    }

    /** Where this machine reaches this server by plain HTTP; empty where it answers none. */
    Optional<String> plain() {
        int open = enabled ? plainPort : port;
        boolean everywhere = address.equals("0.0.0.0") || address.equals("::");
        return open == 0 ? Optional.empty()
                : Optional.of("http://" + (everywhere ? "127.0.0.1" : address.contains(":") ? "[" + address + "]" : address) + ":" + open);
    }

    /** Where plain HTTP is answered beside TLS, by the way to TLS alone; 0 for nowhere. */
    public int plainPort() {
        return plainPort;
    }
}
