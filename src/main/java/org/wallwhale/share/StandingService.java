package org.wallwhale.share;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.wallwhale.access.CallerService;
import org.wallwhale.audit.Actor;
import org.wallwhale.audit.AuditService;
import org.wallwhale.cluster.Instance;
import org.wallwhale.database.ClockRepository;
import org.wallwhale.database.NeedsNoRoom;
import org.wallwhale.problem.Problem;
import org.wallwhale.problem.ProblemException;

/**
 * Which links are good, and what they have left. Bytes that are being sent are reserved in the name of this life of the instance; what a
 * life that was not heard of for a minute had reserved counts no longer.
 */
@ApplicationScoped
class StandingService {
    private static final Duration ALIVE_WITHIN = Duration.ofMinutes(1);
    private static final long PATIENCE_SECONDS = 5;
    private ShareRepository shares;
    private CallerService callers;
    private ClockRepository clock;
    private ShareConfig config;
    private AuditService audit;
    private Instance instance;

    StandingService() {
    }

    @Inject
    StandingService(ShareRepository shares, CallerService callers, ClockRepository clock, ShareConfig config, AuditService audit,
            Instance instance) {
        this.shares = shares;
        this.callers = callers;
        this.clock = clock;
        this.config = config;
        this.audit = audit;
        this.instance = instance;
    }

    /** Empty for a link that ended, was revoked, or whose owner or key may no longer read what it leads to. */
    @NeedsNoRoom
    @Transactional
    public Optional<Standing> find(UUID id) {
        Instant now = clock.now();
        return shares.find(id).filter(share -> isOpen(share, now)).map(share -> Standing.of(share, now));
    }

    /** Whether what goes to this address may go on. */
    boolean isAdmitted(String address) {
        return callers.isAdmitted(address);
    }

    private boolean isOpen(Share share, Instant now) {
        return config.isOn() && share.expiresAt().isAfter(now) && callers.mayStillRead(share.userId(), share.apiKeyId());
    }

    /** For its owner, without its link. */
    @Transactional(Transactional.TxType.MANDATORY)
    public ShareView view(Share share, Instant now) {
        return ShareView.of(share, isOpen(share, now), reserved(share.id(), now));
    }

    /**
     * Reserves bytes that are about to be sent, and puts the first use of an hour on record. GONE when they were sent already,
     * TOO_MANY_REQUESTS while they are being sent to others, NOT_FOUND for a link that is gone.
     *
     * @param zipBytes the length of the zip of everything
     */
    @Transactional
    public void begin(Standing link, long bytes, long zipBytes, Actor visitor) {
        if (!shares.lock(link.id(), zipBytes)) {
            throw unknown();
        }
        long most = link.most(zipBytes);
        long sent = shares.sent(link.id());
        if (sent + bytes > most) {
            throw Problem.GONE.because("This link was used as often as it may be; ask whoever gave it to you for more.");
        }
        if (sent + reserved(link.id(), link.now()) + bytes > most) {
            throw Problem.TOO_MANY_REQUESTS.overLimit("Others are using up what this link allows; if they stop, there is some left.",
                    List.of("share"), PATIENCE_SECONDS);
        }
        shares.reserve(link.id(), instance.bootId(), bytes);
        if (!link.isNoted() && shares.note(link.id(), link.now().minus(Standing.NOTED_EVERY), link.now())) {
            audit.done(visitor, "share.read", "shares/" + link.id(), null, null);
        }
    }

    private long reserved(UUID id, Instant now) {
        return shares.reserved(id, instance.bootId(), now.minus(ALIVE_WITHIN));
    }

    /** Of one link alone: whoever deletes a download takes its links in an order of the database's own. */
    @NeedsNoRoom
    @Transactional
    public void count(UUID id, ShareTally.Count count) {
        shares.count(id, instance.bootId(), count, clock.now());
    }

    /** Forgets what lives that have ended had reserved. */
    @NeedsNoRoom
    @Transactional
    public void dropReservations() {
        shares.removeReservations(instance.bootId(), clock.now().minus(ALIVE_WITHIN));
    }

    /** NOT_FOUND alike for whatever is no link, and what is one no longer. */
    static ProblemException unknown() {
        return Problem.NOT_FOUND.because("Nothing is behind this link: it is mistyped, has ended or was revoked.");
    }
}
