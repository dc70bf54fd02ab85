package org.wallwhale.worker;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.wallwhale.database.ClockRepository;
import org.wallwhale.download.Claim;
import org.wallwhale.download.SeatingService;
import org.wallwhale.download.Source;
import org.wallwhale.engine.EngineConfig;
import org.wallwhale.engine.Login;
import org.wallwhale.engine.Outcome;
import org.wallwhale.engine.Reason;
import org.wallwhale.secret.Secret;
import org.wallwhale.steam.Choice;
import org.wallwhale.steam.GuardBell;
import org.wallwhale.steam.GuardCodes;
import org.wallwhale.steam.Homes;
import org.wallwhale.steam.PromptService;
import org.wallwhale.steam.Seat;
import org.wallwhale.steam.SeatService;

/**
 * Finds who logs in to Steam for a run, and remembers what the run says of it. What one login cannot do, the next one tries at once,
 * within the same attempt.
 */
@ApplicationScoped
class Logins {
    private static final int MOST_UNCOUNTED = 5;
    private static final Login SANDBOX = new Login("sandbox", Secret.of("sandbox"));
    @Inject
    private SeatingService seating;
    @Inject
    private SeatService seats;
    @Inject
    private Homes homes;
    @Inject
    private WorkFolders folders;
    @Inject
    private PromptService prompts;
    @Inject
    private GuardBell bell;
    @Inject
    private ClockRepository clock;
    @Inject
    private EngineConfig engine;

    /** One go of the engine. */
    interface Go {
        Outcome with(Optional<Login> login, Path home, GuardDialog guard) throws IOException, InterruptedException;
    }

    /** {@link WaitsForSeatException} when nobody may log in now. */
    Outcome fetch(Plan.ToFetch plan, int slot, RunControl control, RunWrites writes, Go go) throws IOException, InterruptedException {
        Claim claim = plan.claim();
        if (claim.source() == Source.SANDBOX) {
            try (GuardDialog guard = dialog(claim.downloadId(), claim.fence(), null, Optional.empty())) {
                return go.with(Optional.of(SANDBOX), folders.home("sandbox", slot), guard);
            }
        }
        Optional<Outcome> before = Optional.empty();
        Set<UUID> expired = new HashSet<>();
        while (true) {
            Choice choice = writes.untilAnswered(() -> seating.take(claim));
            if (choice instanceof Choice.Later later) {
                throw new WaitsForSeatException(later.sentence());
            } else if (choice instanceof Choice.Never never) {
                return before.orElseGet(() -> new Outcome.NotFetched(Reason.NO_ACCOUNT, never.sentence(), -1));
            }
            Seat seat = ((Choice.Taken) choice).seat();
            SeatService.Credentials credentials = seats.credentials(seat);
            Outcome outcome = run(claim, slot, seat, credentials, go);
            Optional<Reason> reason = reason(outcome);
            if (control.stop().isPresent() || !remember(plan, seat, credentials, reason, expired, writes)) {
                return outcome;
            }
            before = Optional.of(outcome);
        }
    }

    private Outcome run(Claim claim, int slot, Seat seat, SeatService.Credentials credentials, Go go) throws IOException, InterruptedException {
        UUID account = seat.isAnonymous() ? null : seat.id();
        try (GuardDialog guard = dialog(claim.downloadId(), claim.fence(), account, credentials.codes())) {
            return go.with(credentials.login(), seat.isAnonymous() ? folders.home("anonymous", slot) : home(seat), guard);
        }
    }

    /** Of an account. */
    Path home(Seat seat) {
        return homes.of(seat.id());
    }

    GuardDialog dialog(UUID subject, long fence, UUID account, Optional<GuardCodes> codes) {
        return new GuardDialog(new GuardDialog.Subject(subject, fence, account), prompts, bell, codes, engine.answerWithin(), clock::now);
    }

    static Optional<Reason> reason(Outcome outcome) {
        return outcome instanceof Outcome.NotFetched failed ? Optional.of(failed.reason()) : Optional.empty();
    }

    /** Whether another login is to be tried. {@code expired} are the accounts whose session was rejected in this run. */
    private boolean remember(Plan.ToFetch plan, Seat seat, SeatService.Credentials used, Optional<Reason> reason, Set<UUID> expired, RunWrites writes) {
        session(seat, reason);
        if (reason.filter(Reason.SESSION_EXPIRED::equals).isPresent() && !seat.isAnonymous() && expired.add(seat.id())) {
            // it is deleted now: the same account is next, and its password is asked for
            return true;
        }
        writes.untilDone(() -> {
            seating.learn(seat, used, app(plan, reason), reason);
            return true;
        });
        return reason.isPresent() && isOtherWay(plan.claim(), seat, reason.get(), writes);
    }

    /** An app that was only assumed may not be the item's: whoever is refused it may still own that one. */
    private static Optional<Long> app(Plan.ToFetch plan, Optional<Reason> reason) {
        return Optional.of(plan.claim().appId()).filter(app -> reason.isEmpty() || plan.isAppKnown());
    }

    /**
     * An item that Steam shows to no stranger may be shown to an account; one that an account may not see is shown to no other. Whom
     * Steam tells to wait has to, with every account: the outgoing address rests. A download that waits again and again is not the
     * innocent one for ever: after some claims that did not count this one does.
     */
    private boolean isOtherWay(Claim claim, Seat seat, Reason reason, RunWrites writes) {
        return switch (reason) {
            case NOT_OWNED, KEY_REFUSED, VERSION_UNAVAILABLE -> isOtherWayAfterRefusal(claim, seat, writes);
            case ITEM_NOT_FOUND, ITEM_DENIED -> seat.isAnonymous() && isOtherWayAfterRefusal(claim, seat, writes);
            case RATE_LIMITED, ADDRESS_BANNED -> claim.attempt() - claim.tries() < MOST_UNCOUNTED;
            case WRONG_PASSWORD, LOGIN_REFUSED, SESSION_EXPIRED -> !seat.isAnonymous() && seating.hasOtherWay(claim);
            default -> false;
        };
    }

    private boolean isOtherWayAfterRefusal(Claim claim, Seat seat, RunWrites writes) {
        writes.untilDone(() -> seating.refuse(claim, seat));
        return seating.hasOtherWay(claim);
    }

    /** Keeps the saved session good: only who has the seat may touch it. */
    void session(Seat seat, Optional<Reason> reason) {
        if (!seat.isAnonymous()) {
            homes.learn(seat.id(), reason);
        }
    }
}
