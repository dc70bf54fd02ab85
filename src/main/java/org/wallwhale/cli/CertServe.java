package org.wallwhale.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Callable;
import org.wallwhale.certificate.CertificateFiles;
import org.wallwhale.certificate.Judgement;
import org.wallwhale.certificate.KeyedCertificate;
import org.wallwhale.certificate.Making;
import org.wallwhale.certificate.Pem;
import org.wallwhale.certificate.TlsConfig;
import org.wallwhale.certificate.UnfitCertificateException;
import org.wallwhale.config.DataFolder;
import org.wallwhale.config.LocalSettings;
import org.wallwhale.config.Settings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Writes what {@code serve} starts Payara Micro with when it speaks TLS: a key store, and the lines of configuration around it. Where
 * nobody has named or made a certificate yet, it makes a self-signed one.
 */
@Command(name = "serve", hidden = true, description = "Writes what a server with TLS is started with.", mixinStandardHelpOptions = true)
final class CertServe implements Callable<Integer> {
    private static final Duration LASTING = Duration.ofDays(397);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final String LISTENER = "set configs.config.server-config.network-config.network-listeners.network-listener.https-listener.";
    private static final String PROTOCOL = "set configs.config.server-config.network-config.protocols.protocol.https-listener.";
    /** TLS 1.3, and of TLS 1.2 those with forward secrecy and AEAD only. */
    private static final List<String> SUITES = List.of("TLS_AES_256_GCM_SHA384", "TLS_AES_128_GCM_SHA256", "TLS_CHACHA20_POLY1305_SHA256",
            "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384", "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384", "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
            "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256", "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256", "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256");
    @Option(names = "--out", required = true, description = "The folder that they are written to, of which others must not read.")
    private Path out;
    @Spec
    private CommandSpec command;
    private final Settings settings;

    CertServe() {
        this(LocalSettings.read());
    }

    CertServe(Settings settings) {
        this.settings = settings;
    }

    @Override
    public Integer call() {
        TlsConfig tls = new TlsConfig(settings);
        KeyedCertificate certificate = certificate(tls);
        byte[] random = new byte[24];
        new SecureRandom().nextBytes(random);
        String password = HexFormat.of().formatHex(random);
        Path store = out.toAbsolutePath().resolve("keystore.p12");
        CertificateFiles.writeSecret(store, certificate.keyStore(password.toCharArray()));
        CertificateFiles.write(out.resolve("tls.options"), options(store, password), true);
        CertificateFiles.write(out.resolve("tls.preboot"), preboot(tls), true);
        CertificateFiles.write(out.resolve("tls.postdeploy"), postdeploy(tls), true);
        return 0;
    }

    private KeyedCertificate certificate(TlsConfig tls) {
        CertificateFiles files = new CertificateFiles(new DataFolder(settings));
        if (tls.isOwn()) {
            makeMissing(files);
        }
        try {
            KeyedCertificate found = Pem.keyed(tls.certificate(), tls.key());
            if (!found.fits()) {
                throw new CommandFailure(CommandFailure.SETTINGS, "The key in " + tls.key() + " is not that of the certificate in " + tls.certificate()
                        + ": name the two that belong together in WALLWHALE_TLS_CERT_FILE and WALLWHALE_TLS_KEY_FILE.");
            }
            return inTime(tls, files, found);
        } catch (UnfitCertificateException e) {
            throw new CommandFailure(CommandFailure.SETTINGS, e.getMessage());
        }
    }

    /** Another instance that starts at the same moment makes it as well, and has the lock. */
    private void makeMissing(CertificateFiles files) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!Files.exists(files.server()) && System.nanoTime() - end < 0) {
            files.locked(() -> {
                if (!Files.exists(files.server())) {
                    files.replace(Making.selfSigned(CertificateNames.local(settings), LASTING, Instant.now()));
                }
                return true;
            }).ifPresentOrElse(made -> { }, () -> Patience.pause(Duration.ofMillis(50)));
        }
    }

    /** Only a running server renews, so that an expired one does not keep it from running. */
    private KeyedCertificate inTime(TlsConfig tls, CertificateFiles files, KeyedCertificate found) {
        Instant now = Instant.now();
        Judgement judgement = Judgement.of(found.chain(), List.of(), List.of(), Duration.ZERO, now);
        if (judgement.expires().isAfter(now)) {
            return found;
        }
        boolean isRenewed = tls.isOwn() && files.wish().isPresent();
        if (tls.isOwn() && judgement.selfSigned() && !isRenewed) {
            List<String> names = judgement.names().isEmpty() ? CertificateNames.local(settings) : judgement.names();
            KeyedCertificate fresh = Making.selfSigned(names, LASTING, now);
            if (files.locked(() -> {
                files.replace(fresh);
                return true;
            }).isPresent()) {
                say("The self-signed certificate expired on " + judgement.expires() + ": a new one takes its place, which clients must be told to trust.");
                return fresh;
            }
        }
        say("CLIENTS REFUSE THIS SERVER: the certificate in " + tls.certificate() + " expired on " + judgement.expires() + ". "
                + (isRenewed ? "The server tries to renew it." : "Put another one in its place, which is shown within ten seconds."));
        return found;
    }

    private void say(String sentence) {
        command.commandLine().getErr().println(sentence);
    }

    /** A file of arguments of java, so that the password is on no command line. */
    private static String options(Path store, String password) {
        return "\"-Djavax.net.ssl.keyStore=" + store.toString().replace("\\", "\\\\").replace("\"", "\\\"") + "\"\n-Djavax.net.ssl.keyStoreType=PKCS12\n"
                + "-Djavax.net.ssl.keyStorePassword=" + password + "\n";
    }

    private String preboot(TlsConfig tls) {
        return String.join("\n", LISTENER + "port=" + settings.wholeNumber("wallwhale.http.port", 1, 65_535),
                LISTENER + "address=" + settings.text("wallwhale.http.address").orElse("127.0.0.1"), LISTENER + "enabled=false",
                PROTOCOL + "ssl.cert-nickname=" + KeyedCertificate.ALIAS, PROTOCOL + "ssl.tls12-enabled=true", PROTOCOL + "ssl.tls13-enabled=true",
                PROTOCOL + "ssl.ssl3-tls-ciphers=" + SUITES.stream().map(suite -> "+" + suite).reduce((one, other) -> one + "," + other).orElseThrow(),
                PROTOCOL + "http.xpowered-by=false", PROTOCOL + "http.server-header=false", PROTOCOL + "http.trace-enabled=true") + "\n";
    }

    /** Opens the ports that were closed until the application is there. */
    private static String postdeploy(TlsConfig tls) {
        return LISTENER + "enabled=true\n" + (tls.plainPort() == 0 ? "" : LISTENER.replace("https-listener", "http-listener") + "enabled=true\n");
    }
}
