package org.wallwhale.certificate;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The certificate that this server shows when it speaks TLS by itself, and the one in the data folder that is renewed by ACME, whoever
 * shows that one. Both may be one. By the machine's clock, as clients judge it.
 */
@ApplicationScoped
public class ServerCertificate {
    private static final Logger LOG = System.getLogger(ServerCertificate.class.getName());
    /** Renewing has had half of its time by then. */
    private static final int TROUBLE_FRACTION = 6;
    private TlsConfig config;
    private CertificateFiles files;
    private volatile Known known;
    /** What the listener has; null until it took one from here. */
    private volatile Known shown;
    /** What the log has told of, which a listener may not have taken. */
    private Known told;

    /** What was read last; {@code judgement} is null when it could not be read, and {@code fault} says why. */
    private record Known(FileTime certificate, FileTime key, Judgement judgement, String fault) {
    }

    /**
     * What an operator should know.
     *
     * @param expires null when the certificate cannot be read
     * @param cause a sentence, and {@code cure} another; both null when all is well
     */
    public record Standing(Instant expires, String cause, String cure) {
    }

    ServerCertificate() {
    }

    @Inject
    ServerCertificate(TlsConfig config, CertificateFiles files) {
        this.config = config;
        this.files = files;
    }

    /** Empty where neither TLS is spoken nor anything is renewed. */
    public Optional<Standing> standing() {
        if (!config.enabled() && wish().isEmpty()) {
            return Optional.empty();
        }
        Known file = look();
        Known visible = shown == null ? file : shown;
        return Optional.of(file.judgement != null ? standing(visible.judgement, Instant.now())
                : new Standing(visible.judgement == null ? null : visible.judgement.expires(), file.fault,
                        "Put a certificate with its key there, or make one with ./wallwhale cert self-signed or cert acme."));
    }

    private Standing standing(Judgement judgement, Instant now) {
        Duration left = Duration.between(now, judgement.expires());
        if (left.compareTo(judgement.lasts().dividedBy(TROUBLE_FRACTION)) >= 0) {
            return new Standing(judgement.expires(), null, null);
        }
        RenewalState state = files.state();
        boolean renews = wish().isPresent() && isRenewed();
        return new Standing(judgement.expires(), (left.isNegative() ? "The certificate expired on " : "The certificate expires on ")
                + judgement.expires() + (renews && state.failures() > 0 ? "; renewing it failed (" + state.failures() + " in a row): " + state.reason() : "."),
                renews ? "Mend what is in its way, and run ./wallwhale cert acme again with the same names; otherwise it is tried again by itself."
                        : config.isOwn() ? "Make another one with ./wallwhale cert self-signed --force, or cert acme." : "Put a newer one in its place.");
    }

    /** Whether the one that this server shows itself is vouched for by nobody, as it was seen last. */
    boolean isSelfSigned() {
        Known last = shown == null ? known : shown;
        return config.enabled() && (last == null || last.judgement == null || last.judgement.selfSigned());
    }

    private boolean isRenewed() {
        return config.isOwn() || !config.enabled();
    }

    private Optional<AcmeWish> wish() {
        try {
            return files.wish();
        } catch (UnfitCertificateException e) {
            LOG.log(Level.WARNING, e.getMessage());
            return Optional.empty();
        }
    }

    private Path certificate() {
        return config.enabled() ? config.certificate() : files.server();
    }

    private Path key() {
        return config.enabled() ? config.key() : files.server();
    }

    /** Anew only when a file is another one. */
    private Known look() {
        FileTime certificate = time(certificate());
        FileTime key = time(key());
        Known before = known;
        if (before != null && before.certificate.equals(certificate) && before.key.equals(key)) {
            return before;
        }
        known = read(certificate, key);
        return known;
    }

    private Known read(FileTime certificate, FileTime key) {
        try {
            KeyedCertificate found = Pem.keyed(certificate(), key());
            return found.fits() ? new Known(certificate, key, Judgement.of(found.chain(), List.of(), List.of(), Duration.ZERO, Instant.now()), null)
                    : new Known(certificate, key, null, "The key in " + key().getFileName() + " is not that of the certificate.");
        } catch (UnfitCertificateException e) {
            // it is shown to operators, who see no path of the server
            return new Known(certificate, key, null, e.getMessage().replace(certificate().toString(), certificate().getFileName().toString())
                    .replace(key().toString(), key().getFileName().toString()));
        }
    }

    private static FileTime time(Path file) {
        try {
            return Files.getLastModifiedTime(file);
        } catch (IOException e) {
            return FileTime.fromMillis(0);
        }
    }

    /**
     * Shows what lies in the files from now on, if it is another one than before, on Payara Micro as {@code serve} starts it. Connections
     * that are there go on with the one they have.
     */
    public synchronized void reload() {
        if (!config.enabled()) {
            return;
        }
        Known now = look();
        if (now == shown) {
            return;
        }
        boolean isNews = told != null && told != now;
        told = now;
        if (now.judgement == null) {
            if (isNews) {
                LOG.log(Level.WARNING, "The certificate was replaced by one that cannot be shown; the one before is shown on. " + now.fault);
            }
            return;
        }
        // the first one as well: it may be another one already than the server was started with
        boolean taken = show(Pem.keyed(certificate(), key()));
        if (taken) {
            shown = now;
        }
        if (isNews) {
            tell(now, taken);
        }
    }

    private static void tell(Known now, boolean taken) {
        LOG.log(taken ? Level.INFO : Level.WARNING, (taken ? "The certificate that was put in place is shown from now on; it is for "
                : "The certificate was replaced; it is shown after a restart of this server, and is for ") + String.join(", ", now.judgement.names())
                + " and expires on " + now.judgement.expires() + ".");
    }

    private static boolean show(KeyedCertificate certificate) {
        try {
            return PayaraTls.show(certificate.context());
        } catch (LinkageError e) {
            // other servers do not even have the classes that it needs
            return false;
        }
    }

    /** Renews the certificate when a third of its time is left, unless another process does or the last failure is too young. */
    public void renew() {
        if (wish().isEmpty() || !isDue()) {
            return;
        }
        files.locked(() -> {
            // another one may have had the lock until now
            if (isDue()) {
                renew(wish().orElseThrow());
            }
            return true;
        });
    }

    private boolean isDue() {
        Instant now = Instant.now();
        try {
            return !files.state().isWaiting(now)
                    && Judgement.of(Pem.certificates(files.server()), List.of(), List.of(), Duration.ZERO, now).isDue(now);
        } catch (UnfitCertificateException e) {
            return true;
        }
    }

    private void renew(AcmeWish wish) {
        RenewalState before = files.state();
        // kept before the authority counts an order: it holds if this process is killed, and without room on the disk there is no order
        files.keep(before.failed(new IllegalStateException("It was begun and not ended."), Instant.now()));
        try {
            new Acme(files, step -> LOG.log(Level.DEBUG, step)).obtain(wish, Acme.listener(files, config, wish));
            files.keep(RenewalState.renewed(Instant.now()));
            LOG.log(Level.INFO, "The certificate for " + String.join(", ", wish.names()) + " was renewed.");
        } catch (RuntimeException e) {
            // acme4j throws some of its own for answers that it does not expect
            RenewalState state = before.failed(e, Instant.now());
            files.keep(state);
            LOG.log(Level.WARNING, "The certificate could not be renewed; it is tried again at " + state.notBefore() + ". " + e.getMessage());
        }
    }
}
