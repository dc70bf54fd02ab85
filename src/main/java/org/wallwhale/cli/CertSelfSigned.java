package org.wallwhale.cli;

import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.wallwhale.certificate.CertificateFiles;
import org.wallwhale.certificate.KeyedCertificate;
import org.wallwhale.certificate.Making;
import org.wallwhale.config.DataFolder;
import org.wallwhale.config.LocalSettings;
import org.wallwhale.config.Settings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Makes a certificate that nobody vouches for, and its key. */
@Command(name = "self-signed", mixinStandardHelpOptions = true,
        description = {"Makes a certificate that nobody vouches for, with a key of its own: clients must be told to trust it.", "",
            "It takes the place of the one that ./wallwhale serve --tls shows, which a running server notices within ten seconds; with "
                + "--out it goes elsewhere.", ""},
        footer = {"", "Examples:", "  ./wallwhale cert self-signed --name files.lan --name 192.0.2.7",
            "  ./wallwhale cert self-signed --name files.lan --days 90 --out /etc/nginx/wallwhale",
            "  curl --cacert data/certificate.pem https://files.lan:8080/health"})
final class CertSelfSigned implements Callable<Integer> {
    private static final String CERTIFICATE = "certificate.pem";
    private static final String KEY = "key.pem";
    @Mixin
    private Terminal terminal;
    @Option(names = "--name", paramLabel = "HOST", required = true, split = ",",
            description = "A host name, *.name or address that it is for. Again for more.")
    private List<String> names;
    @Option(names = "--days", paramLabel = "DAYS", defaultValue = "397", description = "How long it is good: 1 to 3650; ${DEFAULT-VALUE} if not given.")
    private int days;
    @Option(names = "--out", paramLabel = "FOLDER", description = "Put " + CERTIFICATE + " and " + KEY + " there, and leave the server's own alone.")
    private Path out;
    @Option(names = "--force", description = "Replace what is there, and no longer renew what came by ACME.")
    private boolean force;
    private final Settings settings;

    CertSelfSigned() {
        this(LocalSettings.read());
    }

    CertSelfSigned(Settings settings) {
        this.settings = settings;
    }

    @Override
    public Integer call() {
        if (days < 1 || days > 3650) {
            throw new CommandFailure(CommandFailure.USAGE, "--days must be from 1 to 3650, but is " + days + ".");
        }
        KeyedCertificate made = Making.selfSigned(CertificateNames.parse(names), Duration.ofDays(days), Instant.now());
        try {
            return told(made, out == null ? intoDataFolder(made) : into(out, made));
        } catch (UncheckedIOException e) {
            throw new CommandFailure(CommandFailure.FAILED, e.getMessage() + " (" + SystemReason.of(e.getCause()) + "): is there room, and may this user write there?");
        }
    }

    private Path intoDataFolder(KeyedCertificate made) {
        CertificateFiles files = new CertificateFiles(new DataFolder(settings));
        if (!settings.faults().isEmpty()) {
            throw new CommandFailure(CommandFailure.SETTINGS, String.join(" ", settings.faults()));
        }
        CertificateNames.demandOwner(files);
        if (Files.exists(files.server()) && !force) {
            throw new TakenException(files.server(), "add --force to replace the certificate, or --out to put the new one elsewhere");
        }
        files.locked(() -> {
            files.replace(made);
            files.forgetWish();
            return true;
        }).orElseThrow(() -> new CommandFailure(CommandFailure.FAILED, "A certificate is being renewed at this moment; try again in a minute."));
        return files.publicCopy();
    }

    private Path into(Path folder, KeyedCertificate made) {
        if (!Files.isDirectory(folder)) {
            throw new CommandFailure(CommandFailure.USAGE, "There is no folder " + folder + ": make it first.");
        }
        for (String name : List.of(CERTIFICATE, KEY)) {
            if (Files.exists(folder.resolve(name)) && !force) {
                throw new TakenException(folder.resolve(name), "add --force to replace it");
            }
        }
        CertificateFiles.write(folder.resolve(KEY), made.keyPem(), true);
        CertificateFiles.write(folder.resolve(CERTIFICATE), made.chainPem(), false);
        return folder.resolve(CERTIFICATE);
    }

    private int told(KeyedCertificate made, Path file) {
        Instant expires = made.chain().get(0).getNotAfter().toInstant();
        String fingerprint = CertificateNames.fingerprint(made.chain().get(0));
        Map<String, Object> value = new LinkedHashMap<>();
        value.put("certificate", file.toString());
        value.put("names", CertificateNames.parse(names));
        value.put("expiresAt", expires);
        value.put("sha256", fingerprint);
        terminal.value(value);
        terminal.say("Made a certificate for " + String.join(", ", CertificateNames.parse(names)) + ", good until " + expires + ".");
        terminal.say("SHA-256   " + fingerprint);
        terminal.say(out == null ? "./wallwhale serve --tls shows it. Clients trust it by " + file + ", as with curl --cacert."
                : "It lies in " + file + ", its key beside it in " + KEY + ", which only this user can read.");
        return 0;
    }
}
