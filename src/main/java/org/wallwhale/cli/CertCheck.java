package org.wallwhale.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.wallwhale.certificate.Handshake;
import org.wallwhale.certificate.Judgement;
import org.wallwhale.certificate.KeyedCertificate;
import org.wallwhale.certificate.Pem;
import org.wallwhale.certificate.TlsConfig;
import org.wallwhale.certificate.UnfitCertificateException;
import org.wallwhale.config.LocalSettings;
import org.wallwhale.config.Settings;
import org.wallwhale.cli.Terminal.Style;
import org.wallwhale.cli.Terminal.Styled;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Says what is wrong with a certificate, for people and for monitoring. */
@Command(name = "check", mixinStandardHelpOptions = true,
        description = {"Says what is wrong with a certificate.", "", "It says when it ends with all that it depends on, whether it is for the right names, whether its chain is in "
                + "order and trusted here, and whether the key fits.", "", "Without an argument it is the one that ./wallwhale serve --tls shows.", ""},
        footer = {"", "Examples:", "  ./wallwhale cert check", "  ./wallwhale cert check files.example.org:443 --warn-days 30",
            "  ./wallwhale cert check /etc/nginx/wallwhale/certificate.pem --key /etc/nginx/wallwhale/key.pem --name files.lan"},
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:good", "1:there is trouble", "2:wrong use, or no certificate there", "3:a setting is missing or wrong", "4:nothing answers there"})
final class CertCheck implements Callable<Integer> {
    private static final Duration WITHIN = Duration.ofSeconds(10);
    private static final Pattern HOST = Pattern.compile("(\\[[0-9A-Fa-f:.]+]|[^:/\\s]+)(?::(\\d{1,5}))?");
    private static final Pattern FILE = Pattern.compile("(?i)[/\\\\]|\\.(pem|crt|cer|der|key)$");
    @Mixin
    private Terminal terminal;
    @Parameters(paramLabel = "FILE|HOST[:PORT]", arity = "0..1", description = "A PEM or DER file, or a server that is asked; port 443 if none is given.")
    private String what;
    @Option(names = "--warn-days", paramLabel = "DAYS", defaultValue = "21",
            description = "How many days before its end it is trouble: 0 to 3650; ${DEFAULT-VALUE} if not given.")
    private int warnDays;
    @Option(names = "--name", paramLabel = "HOST", split = ",", description = "A name that it must be for. Of a server that is asked, its own.")
    private List<String> names = List.of();
    @Option(names = "--key", paramLabel = "FILE", description = "The key that must fit, where the certificate's file does not hold it.")
    private Path key;
    @Option(names = "--ca", paramLabel = "FILE", description = "Whom to trust instead of the authorities that this Java knows, as PEM.")
    private Path authorities;
    private final Settings settings;

    /** What is looked at, and what is known of it besides; {@code certificates} as they lie or came. */
    private record Found(String where, List<X509Certificate> certificates, List<String> wanted, List<String> troubles) {
    }

    CertCheck() {
        this(LocalSettings.read());
    }

    CertCheck(Settings settings) {
        this.settings = settings;
    }

    @Override
    public Integer call() {
        if (warnDays < 0 || warnDays > 3650) {
            throw new CommandFailure(CommandFailure.USAGE, "--warn-days must be from 0 to 3650, but is " + warnDays + ".");
        }
        try {
            List<X509Certificate> trusted = authorities == null ? List.of() : Pem.certificates(authorities);
            Found found = found();
            Judgement judgement = Judgement.of(found.certificates, found.wanted, trusted, Duration.ofDays(warnDays), Instant.now());
            return told(found, judgement);
        } catch (UnfitCertificateException e) {
            throw new CommandFailure(CommandFailure.USAGE, e.getMessage());
        }
    }

    private Found found() {
        if (what == null) {
            TlsConfig config = new TlsConfig(settings);
            if (!settings.faults().isEmpty()) {
                throw new CommandFailure(CommandFailure.SETTINGS, String.join(" ", settings.faults()));
            }
            return ofFile(config.certificate(), key == null ? config.key() : key);
        }
        Matcher host = HOST.matcher(what);
        // what is mistyped is not to be looked for on the network
        return isFile(what) || FILE.matcher(what).find() || !host.matches() ? ofFile(Path.of(what), key) : ofServer(host.group(1).replaceAll("[\\[\\]]", ""),
                host.group(2) == null ? 443 : Integer.parseInt(host.group(2)));
    }

    /** Not every system takes a colon in a file's name. */
    private static boolean isFile(String text) {
        try {
            return Files.exists(Path.of(text));
        } catch (InvalidPathException e) {
            return false;
        }
    }

    private Found ofFile(Path file, Path keyFile) {
        List<X509Certificate> certificates = Pem.certificates(file);
        List<String> troubles = new ArrayList<>();
        if (keyFile != null && !new KeyedCertificate(Pem.key(keyFile), certificates).fits()) {
            troubles.add("The key in " + keyFile + " is not that of the certificate.");
        }
        return new Found(file.toString(), certificates, CertificateNames.parse(names), troubles);
    }

    private Found ofServer(String host, int port) {
        List<String> wanted = CertificateNames.parse(names.isEmpty() ? List.of(host) : names);
        try {
            List<X509Certificate> shown = Handshake.chain(host, port, names.isEmpty() || names.get(0).startsWith("*.") ? host : names.get(0), WITHIN);
            boolean alone = authorities == null && shown.get(0).getIssuerX500Principal().equals(shown.get(0).getSubjectX500Principal());
            return new Found(host + ":" + port, shown, wanted, alone ? new ArrayList<>(List.of("It is self-signed: clients trust it only when they "
                    + "are told to; name it with --ca if that is meant.")) : new ArrayList<>());
        } catch (IOException | IllegalArgumentException e) {
            throw new CommandFailure(CommandFailure.NOT_REACHABLE, "Nothing answers at " + host + " on port " + port + " (" + e.getMessage()
                    + "): is the server running, and the port right?");
        }
    }

    private static String end(Instant expires, long daysLeft) {
        return expires.isAfter(Instant.now()) ? "  expires   " + expires + ", in " + daysLeft + " days"
                : "  expired   " + expires + ", " + -daysLeft + " days ago";
    }

    private int told(Found found, Judgement judgement) {
        found.troubles.addAll(judgement.troubles());
        boolean good = found.troubles.isEmpty();
        Map<String, Object> value = new LinkedHashMap<>();
        value.put("good", good);
        value.put("where", found.where);
        value.put("names", judgement.names());
        value.put("issuer", judgement.issuer());
        value.put("selfSigned", judgement.selfSigned());
        value.put("expiresAt", judgement.expires());
        value.put("daysLeft", Duration.between(Instant.now(), judgement.expires()).toDays());
        value.put("sha256", CertificateNames.fingerprint(found.certificates.get(0)));
        value.put("troubles", found.troubles);
        terminal.value(value);
        terminal.say(new Styled(good ? "good" : "trouble", good ? Style.GOOD : Style.BAD), new Styled("  " + found.where, Style.PLAIN));
        terminal.say("  for       " + (judgement.names().isEmpty() ? "no name at all" : String.join(", ", judgement.names())));
        terminal.say("  issuer    " + (judgement.selfSigned() ? "itself: clients must be told to trust it" : judgement.issuer()));
        terminal.say(end(judgement.expires(), (long) value.get("daysLeft")));
        terminal.say("  SHA-256   " + value.get("sha256"));
        found.troubles.forEach(trouble -> terminal.say("  - " + trouble));
        return good ? 0 : CommandFailure.FAILED;
    }
}
