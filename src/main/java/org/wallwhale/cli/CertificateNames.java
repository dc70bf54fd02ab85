package org.wallwhale.cli;

import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.wallwhale.certificate.CertificateFiles;
import org.wallwhale.certificate.HostNames;
import org.wallwhale.config.Settings;

/** The names in certificates as people write them. */
final class CertificateNames {
    private CertificateNames() {
    }

    /** Each once; a wrong one is wrong use. */
    static List<String> parse(List<String> given) {
        Set<String> names = new LinkedHashSet<>();
        for (String name : given) {
            try {
                names.add(HostNames.parse(name));
            } catch (IllegalArgumentException e) {
                throw new CommandFailure(CommandFailure.USAGE, e.getMessage());
            }
        }
        return List.copyOf(names);
    }

    /** Those by which this machine, and the address that the server listens on, are known without asking anybody. */
    static List<String> local(Settings settings) {
        Set<String> names = new LinkedHashSet<>(List.of("localhost", "127.0.0.1", "::1"));
        settings.text("wallwhale.http.address").ifPresent(address -> {
            if (Set.of("0.0.0.0", "::").contains(address)) {
                MachineAddresses.ofOthers().forEach(names::add);
            } else {
                names.add(address);
            }
        });
        try {
            String host = InetAddress.getLocalHost().getHostName().toLowerCase(Locale.ROOT);
            names.add(HostNames.parse(host));
        } catch (UnknownHostException | IllegalArgumentException e) {
            // a machine without a name that others could use
        }
        return parse(List.copyOf(names));
    }

    /** What root writes, for one, the server cannot read. */
    static void demandOwner(CertificateFiles files) {
        try {
            files.otherOwner().ifPresent(owner -> {
                throw new CommandFailure(CommandFailure.FAILED, "The data folder is of the user " + owner
                        + ", who could not read what this one writes: run this as that user, as with sudo -u " + owner + ".");
            });
        } catch (UncheckedIOException e) {
            throw new CommandFailure(CommandFailure.FAILED, e.getMessage() + ": run this as the user that the server runs as.");
        }
    }

    /** As browsers show it. */
    static String fingerprint(X509Certificate certificate) {
        try {
            return HexFormat.ofDelimiter(":").withUpperCase().formatHex(MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
