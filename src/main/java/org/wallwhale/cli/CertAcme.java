package org.wallwhale.cli;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.wallwhale.certificate.Acme;
import org.wallwhale.certificate.AcmeException;
import org.wallwhale.certificate.AcmeWish;
import org.wallwhale.certificate.CertificateFiles;
import org.wallwhale.certificate.KeyedCertificate;
import org.wallwhale.certificate.Pem;
import org.wallwhale.certificate.TlsConfig;
import org.wallwhale.certificate.UnfitCertificateException;
import org.wallwhale.config.DataFolder;
import org.wallwhale.config.LocalSettings;
import org.wallwhale.config.Settings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Gets a certificate of an authority that speaks ACME, and has the server renew it. */
@Command(name = "acme", mixinStandardHelpOptions = true,
        description = {"Gets a certificate of an authority that speaks ACME, such as Let's Encrypt.", "", "It takes the place of the one that ./wallwhale serve "
            + "--tls shows, which a running server notices within ten seconds, and the server renews it when a third of its time is left.", "",
            "The authority looks for this server at http://HOST/.well-known/acme-challenge/, on port 80. This command listens there, or on --port, "
            + "while it lasts, and so does the server when it renews. Where that cannot be, a server of the same data folder that is reached there in "
            + "plain HTTP answers in its place.", ""},
        footer = {"", "Examples:", "  ./wallwhale cert acme --name files.example.org --mail me@example.org --agree",
            "  ./wallwhale cert acme --name files.example.org --agree --directory https://acme-staging-v02.api.letsencrypt.org/directory",
            "  ./wallwhale cert acme --name files.lan --agree --directory https://ca.lan/acme/directory --directory-ca ca.pem"},
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:the certificate is there", "1:it did not come", "2:wrong use, or the authority's terms are not agreed to",
            "3:a setting is missing or wrong", "4:the authority cannot be reached"})
final class CertAcme implements Callable<Integer> {
    @Mixin
    private Terminal terminal;
    @Option(names = "--name", paramLabel = "HOST", required = true, split = ",", description = "A host name that it is for. Again for more.")
    private List<String> names;
    @Option(names = "--mail", paramLabel = "ADDRESS", description = "Where the authority may write to about the account.")
    private String mail;
    @Option(names = "--agree", description = "You agree to the authority's terms of service.")
    private boolean agree;
    @Option(names = "--directory", paramLabel = "URL", defaultValue = "https://acme-v02.api.letsencrypt.org/directory",
            description = "The authority; if not given, ${DEFAULT-VALUE}.")
    private String directory;
    @Option(names = "--directory-ca", paramLabel = "FILE", description = "PEM of who vouches for the authority's own address, if it is one of your own.")
    private Path directoryAuthority;
    @Option(names = "--port", paramLabel = "PORT", description = "Listen here for the authority, where port 80 is forwarded to.")
    private Integer port;
    private final Settings settings;

    CertAcme() {
        this(LocalSettings.read());
    }

    CertAcme(Settings settings) {
        this.settings = settings;
    }

    @Override
    public Integer call() {
        CertificateFiles files = new CertificateFiles(new DataFolder(settings));
        TlsConfig tls = new TlsConfig(settings);
        if (!settings.faults().isEmpty()) {
            throw new CommandFailure(CommandFailure.SETTINGS, String.join(" ", settings.faults()));
        }
        CertificateNames.demandOwner(files);
        AcmeWish wish = wish();
        Acme acme = new Acme(files, step -> terminal.note(step + " …"));
        try {
            Optional<URI> terms = acme.terms(wish);
            if (terms.isPresent() && !agree) {
                throw new CommandFailure(CommandFailure.USAGE, "Read the terms of service at " + terms.get() + ", and add --agree if you agree to them.");
            }
            KeyedCertificate certificate = files.locked(() -> acme.obtain(wish, Acme.listener(files, tls, wish))).orElseThrow(() -> new CommandFailure(CommandFailure.FAILED,
                    "A certificate is being renewed at this moment; try again in a minute."));
            return told(wish, files, certificate);
        } catch (AcmeException e) {
            throw new CommandFailure(e.isUnreachable() ? CommandFailure.NOT_REACHABLE : CommandFailure.FAILED, e.getMessage());
        } catch (UnfitCertificateException e) {
            throw new CommandFailure(CommandFailure.FAILED, e.getMessage());
        }
    }

    private AcmeWish wish() {
        List<String> all = CertificateNames.parse(names);
        if (all.stream().anyMatch(name -> name.startsWith("*."))) {
            throw new CommandFailure(CommandFailure.USAGE, "Certificates for *.names need proof in DNS, which is not done here: name each host.");
        }
        if (port != null && (port < 1 || port > 65_535)) {
            throw new CommandFailure(CommandFailure.USAGE, "--port must be from 1 to 65535, but is " + port + ".");
        }
        if (mail != null && !mail.matches("[^@\\s]+@[^@\\s]+")) {
            throw new CommandFailure(CommandFailure.USAGE, "--mail must be one address, such as me@example.org.");
        }
        Optional<String> authority = Optional.empty();
        if (directoryAuthority != null) {
            try {
                Pem.certificates(directoryAuthority);
                authority = Optional.of(Pem.ofFile(directoryAuthority));
            } catch (UnfitCertificateException e) {
                throw new CommandFailure(CommandFailure.USAGE, e.getMessage());
            }
        }
        return new AcmeWish(directory(), authority, all, Optional.ofNullable(mail), Optional.ofNullable(port));
    }

    private URI directory() {
        try {
            URI address = new URI(directory);
            if (address.getHost() != null && ("https".equals(address.getScheme()) || "http".equals(address.getScheme()))) {
                return address;
            }
        } catch (URISyntaxException e) {
            // told below
        }
        throw new CommandFailure(CommandFailure.USAGE, "--directory must be the address of an authority's ACME directory, such as "
                + "https://acme-staging-v02.api.letsencrypt.org/directory.");
    }

    private int told(AcmeWish wish, CertificateFiles files, KeyedCertificate certificate) {
        Map<String, Object> value = new LinkedHashMap<>();
        value.put("certificate", files.server().toString());
        value.put("names", wish.names());
        value.put("expiresAt", certificate.chain().get(0).getNotAfter().toInstant());
        value.put("sha256", CertificateNames.fingerprint(certificate.chain().get(0)));
        terminal.value(value);
        terminal.say("The certificate for " + String.join(", ", wish.names()) + " is there, good until " + value.get("expiresAt") + ".");
        terminal.say("./wallwhale serve --tls shows it, and renews it when a third of its time is left.");
        return 0;
    }
}
