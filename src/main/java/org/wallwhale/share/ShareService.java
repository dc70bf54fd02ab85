package org.wallwhale.share;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.function.LongPredicate;
import java.util.function.UnaryOperator;
import org.wallwhale.access.Caller;
import org.wallwhale.access.Scope;
import org.wallwhale.audit.AuditService;
import org.wallwhale.database.ClockRepository;
import org.wallwhale.database.NeedsNoRoom;
import org.wallwhale.download.BatchService;
import org.wallwhale.download.DownloadService;
import org.wallwhale.problem.Problem;
import org.wallwhale.problem.ProblemException;
import org.wallwhale.store.ServedService;

/**
 * The life of links, for owners. Who sees a download sees its links, who may change it makes and changes them; administrators
 * may do so with everybody's. Every change is on record in the audit log.
 */
@ApplicationScoped
public class ShareService {
    private static final int MOST = 50;
    private static final int AT_ONCE = 100;
    /** An owner may want to open an ended one again. */
    private static final Duration KEPT = Duration.ofDays(30);
    private ShareRepository shares;
    private DownloadService downloads;
    private BatchService batches;
    private ServedService content;
    private ClockRepository clock;
    private ShareConfig config;
    private AuditService audit;
    private StandingService standings;

    ShareService() {
    }

    @Inject
    ShareService(ShareRepository shares, DownloadService downloads, BatchService batches, ServedService content, ClockRepository clock,
            ShareConfig config, AuditService audit, StandingService standings) {
        this.shares = shares;
        this.downloads = downloads;
        this.batches = batches;
        this.content = content;
        this.clock = clock;
        this.config = config;
        this.audit = audit;
        this.standings = standings;
    }

    /** What is put on record of a link. */
    record Recorded(Instant expiresAt, boolean hasPassword, Integer maxDownloads, Long bytesPerSecond) {
        static Recorded of(Share share) {
            return new Recorded(share.expiresAt(), share.passwordHash() != null, share.maxDownloads(), share.bytesPerSecond());
        }
    }

    @NeedsNoRoom
    @Transactional
    ShareList list(Shared what, Caller caller) {
        ownerOf(what, caller);
        Instant now = clock.now();
        return new ShareList(shares.of(what).stream().map(share -> standings.view(share, now)).toList());
    }

    /** FORBIDDEN and NOT_FOUND as {@link #create}, before anything is done for it. */
    @NeedsNoRoom
    @Transactional
    void demandChangeable(Shared what, Caller caller) {
        changeable(what, caller);
    }

    /** FORBIDDEN and NOT_FOUND as {@link #change}, before anything is done for it. */
    @NeedsNoRoom
    @Transactional
    void demandChangeable(UUID id, Caller caller) {
        changeable(id, caller);
        demandReader(caller);
    }

    /** {@code passwordHash} is null for none. CONFLICT where nothing is there to share, GONE where it was cleaned away. */
    @Transactional
    ShareView create(Shared what, ShareTerms terms, String passwordHash, Caller caller) {
        UUID owner = changeable(what, caller);
        if (!config.isOn()) {
            throw Problem.FORBIDDEN.because("Sharing is switched off on this server (WALLWHALE_SHARE_LONGEST_DAYS=0).");
        }
        // and not the download's: a batch that is submitted locks its owner first, and then by its lines the downloads that they name
        shares.lockOwner(owner);
        if (shares.of(what).size() >= MOST) {
            throw Problem.CONFLICT.because("There are " + MOST + " links to this already; revoke one that nobody needs.");
        }
        if (what.isBatch()) {
            content.batchItems(what.id(), caller);
        } else {
            content.items(what.id(), caller);
        }
        Instant now = clock.now();
        Share share = new Share(what, owner, now);
        share.change(terms, end(terms, now), passwordHash, caller);
        shares.add(share);
        audit.done(caller.actor(), "share.create", subject(share), null, Recorded.of(share));
        return standings.view(share, now);
    }

    /** NOT_FOUND for an unknown id and for a link that the caller may not see alike. */
    @NeedsNoRoom
    @Transactional
    ShareView get(UUID id, Caller caller) {
        return standings.view(visible(shares.find(id).orElseThrow(ShareService::unknown), caller), clock.now());
    }

    /**
     * Changes what may change. {@code passwordHash} makes the new hash of the present one, which is null for none. PRECONDITION_FAILED when
     * {@code expected} does not accept the present version.
     */
    @Transactional
    ShareView change(UUID id, UnaryOperator<ShareTerms> change, UnaryOperator<String> passwordHash, LongPredicate expected, Caller caller) {
        Share share = changeable(id, caller);
        demandReader(caller);
        if (!expected.test(share.version())) {
            throw Problem.PRECONDITION_FAILED.because("The link was changed meanwhile; read it again.");
        }
        Recorded before = Recorded.of(share);
        ShareTerms terms = change.apply(ShareTerms.of(share));
        Instant now = clock.now();
        share.change(terms, share.expiresAt().equals(terms.expiresAt()) ? terms.expiresAt() : end(terms, now),
                passwordHash.apply(share.passwordHash()), caller);
        audit.done(caller.actor(), "share.change", subject(share), before, Recorded.of(share));
        return standings.view(share, now);
    }

    /** What is being sent by it ends within about a second. NOT_FOUND also the second time. */
    @NeedsNoRoom
    @Transactional
    void revoke(UUID id, LongPredicate expected, Caller caller) {
        Share share = changeable(id, caller);
        if (!expected.test(share.version())) {
            throw Problem.PRECONDITION_FAILED.because("The link was changed meanwhile; read it again.");
        }
        shares.remove(share);
        audit.done(caller.actor(), "share.revoke", subject(share), Recorded.of(share), null);
    }

    /** Forgets links that ended a month ago, a hundred at most, and what dead instances had reserved; whether there may be more. */
    @NeedsNoRoom
    @Transactional
    public boolean dropSome() {
        standings.dropReservations();
        return shares.removeEnded(clock.now().minus(KEPT), AT_ONCE) == AT_ONCE;
    }

    private Instant end(ShareTerms terms, Instant now) {
        Instant end = terms.expiresAt() == null ? now.plus(config.usual()) : terms.expiresAt();
        if (!end.isAfter(now)) {
            throw Problem.INVALID.at("/expiresAt", "expiresAt must lie in the future.");
        }
        if (end.isAfter(now.plus(config.longest()))) {
            throw Problem.INVALID.at("/expiresAt", "expiresAt must lie within " + config.longest().toDays() + " days.");
        }
        return end;
    }

    private Share changeable(UUID id, Caller caller) {
        Share share = shares.findLocked(id).orElseThrow(ShareService::unknown);
        visible(share, caller);
        demandOwner(share.userId(), caller);
        return share;
    }

    private UUID changeable(Shared what, Caller caller) {
        UUID owner = ownerOf(what, caller);
        demandOwner(owner, caller);
        demandReader(caller);
        return owner;
    }

    /** Who makes a link can read what it leads to. */
    private static void demandReader(Caller caller) {
        if (!caller.scopes().contains(Scope.DOWNLOAD_READ)) {
            throw Problem.FORBIDDEN.because("This needs the scope " + Scope.DOWNLOAD_READ + ", too, which these credentials do not have.");
        }
    }

    private static void demandOwner(UUID owner, Caller caller) {
        if (!owner.equals(caller.userId()) && !caller.mayWriteAll()) {
            throw Problem.FORBIDDEN.because("This is somebody else's: sharing it needs the scope admin:write.");
        }
    }

    private Share visible(Share share, Caller caller) {
        try {
            ownerOf(share.what(), caller);
            return share;
        } catch (ProblemException e) {
            throw e.problem() == Problem.NOT_FOUND ? unknown() : e;
        }
    }

    private UUID ownerOf(Shared what, Caller caller) {
        return what.isBatch() ? batches.ownerOf(what.id(), caller) : downloads.get(what.id(), caller).userId();
    }

    private static ProblemException unknown() {
        return Problem.NOT_FOUND.because("There is no share link with this id.");
    }

    private static String subject(Share share) {
        return "shares/" + share.id();
    }
}
