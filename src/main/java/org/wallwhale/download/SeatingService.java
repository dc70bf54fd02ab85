package org.wallwhale.download;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.wallwhale.access.Caller;
import org.wallwhale.access.UserChanged;
import org.wallwhale.database.ClockRepository;
import org.wallwhale.engine.Reason;
import org.wallwhale.problem.Problem;
import org.wallwhale.steam.AccountChanged;
import org.wallwhale.steam.Choice;
import org.wallwhale.steam.Seat;
import org.wallwhale.steam.SeatService;
import org.wallwhale.steam.SeatWish;
import org.wallwhale.steam.Seats;
import org.wallwhale.steam.TestTicket;

/** Which downloads log in to Steam with what. All seats are taken under the claims' lock, one after the other. */
@ApplicationScoped
public class SeatingService {
    private DownloadRepository downloads;
    private QueueRepository queue;
    private SeatingRepository seating;
    private LogRepository log;
    private SeatService seats;
    private ClockRepository clock;
    private Event<DownloadChanged> changed;
    private volatile boolean budgetsApplied;

    SeatingService() {
    }

    @Inject
    SeatingService(DownloadRepository downloads, QueueRepository queue, SeatingRepository seating, LogRepository log, SeatService seats,
            ClockRepository clock, Event<DownloadChanged> changed) {
        this.downloads = downloads;
        this.queue = queue;
        this.seating = seating;
        this.log = log;
        this.seats = seats;
        this.clock = clock;
        this.changed = changed;
    }

    /**
     * Gives a claim its seat and counts the login, which must begin now; a further call takes another one in its place. Where the
     * choice is {@code Later} the claim is given back, the attempt not counted, and where it is {@code Never} nothing was written.
     * Empty once a newer claim exists.
     */
    @Transactional
    public Optional<Choice> take(Claim claim) {
        queue.lockClaims();
        Instant now = clock.now();
        Optional<Choice> choice = downloads.lockHeld(claim.downloadId(), claim.fence())
                .map(download -> seats.look(seating.busy(download.id()), now).choose(wish(download), download.seating().seatId()));
        choice.ifPresent(made -> {
            if (made instanceof Choice.Taken taken) {
                seats.charge(taken.seat(), now);
            }
            write(downloads.lockHeld(claim.downloadId(), claim.fence()).orElseThrow(), made, now);
        });
        return choice;
    }

    private void write(Download download, Choice choice, Instant now) {
        if (choice instanceof Choice.Taken taken) {
            download.sit(taken.seat(), now);
            log.append(download, LogLine.LINE, List.of(taken.why()), now);
            changed.fire(DownloadChanged.of(download));
        } else if (choice instanceof Choice.Later later) {
            downloads.getAttempt(download).end("waiting", later.sentence(), null, now);
            if (download.lease().isCancelRequested()) {
                download.canceled(now);
            } else {
                download.waitForSeat(later.next().orElse(null), now);
            }
            log.append(download, LogLine.LINE, List.of(later.sentence()), now);
            log.append(download, LogLine.STATE, List.of(download.status().name()), now);
            changed.fire(DownloadChanged.of(download));
            queued(download);
        }
    }

    /** Last in the transaction that queues a download again: this ends the life of what was read. */
    @Transactional(Transactional.TxType.MANDATORY)
    void queued(Download download) {
        if (download.status() == Status.QUEUED && download.seating().isNeeded()) {
            seating.sort(download.id());
        }
    }

    /** As {@link SeatService#learn}; what an app refuses or lets in may change what others wait for. */
    @Transactional
    public void learn(Seat seat, SeatService.Credentials used, Optional<Long> appId, Optional<Reason> outcome) {
        queue.lockClaims();
        if (seats.learn(seat, used, appId, outcome)) {
            seating.sortAll();
        }
    }

    /**
     * In the transaction of a claim, of which the first applies the budgets of the settings, which may have changed since the last
     * start, and looks at what an older version queued.
     */
    @Transactional(Transactional.TxType.MANDATORY)
    void prepare() {
        if (!budgetsApplied) {
            seats.applyBudgets();
            seating.sortAll();
            budgetsApplied = true;
        }
    }

    /** In the transaction of a claim: what is known to need a login has its seat at once, so that no other claim counts on it. */
    @Transactional(Transactional.TxType.MANDATORY)
    void reserve(Download download, Instant now) {
        if (download.seating().isNeeded()
                && seats.look(seating.busy(download.id()), now).choose(wish(download)) instanceof Choice.Taken taken) {
            download.sit(taken.seat(), now);
        }
    }

    /** This seat cannot fetch this download. */
    @Transactional
    public boolean refuse(Claim claim, Seat seat) {
        Optional<Download> held = downloads.lockHeld(claim.downloadId(), claim.fence());
        held.ifPresent(download -> seating.refuse(download.id(), seat.id()));
        return held.isPresent();
    }

    /** Whether another seat may fetch it, now or at a time that is known. */
    @Transactional
    public boolean hasOtherWay(Claim claim) {
        return downloads.find(claim.downloadId()).map(download -> seats.look(seating.busy(download.id()), clock.now()).choose(wish(download)))
                .filter(choice -> choice instanceof Choice.Taken || choice instanceof Choice.Later later && !later.needsHelp()).isPresent();
    }

    /** Takes an account for a test of its login, for at most that long, and counts the login. CONFLICT where it may not log in now. */
    @Transactional
    public TestTicket beginTest(UUID account, Duration within, Caller caller) {
        queue.lockClaims();
        return seats.beginTest(account, seating.busy(null).contains(account), within, caller);
    }

    /** What those of {@code queued} wait for that wait for a seat. */
    @Transactional
    Map<UUID, String> sentences(List<Download> queued) {
        Map<UUID, String> sentences = new HashMap<>();
        List<Download> waiting = queued.stream().filter(download -> download.status() == Status.QUEUED && download.seating().isNeeded()).toList();
        if (!waiting.isEmpty()) {
            Seats now = seats.look(seating.busy(null), clock.now());
            wishes(waiting).forEach((download, wish) -> {
                if (now.choose(wish) instanceof Choice.Later later) {
                    sentences.put(download.id(), later.sentence());
                }
            });
        }
        return sentences;
    }

    /** CONFLICT for the deletion of an account that a download runs with. */
    void onChange(@Observes AccountChanged event) {
        if (event.deleted() && seating.busy(null).contains(event.accountId())) {
            throw Problem.CONFLICT.because("A download uses this account: cancel it, or try again when it is over.");
        }
    }

    /** Those that wait are looked at again; in a transaction of its own, because whoever locks the claims does so first. */
    @Transactional(Transactional.TxType.REQUIRES_NEW)
    void sortAgain(@Observes(during = TransactionPhase.AFTER_SUCCESS) AccountChanged event) {
        queue.lockClaims();
        seating.startAll();
        seating.sortAll();
    }

    /** Administrators may name more accounts than others. */
    @Transactional(Transactional.TxType.REQUIRES_NEW)
    void sortAgain(@Observes(during = TransactionPhase.AFTER_SUCCESS) UserChanged event) {
        queue.lockClaims();
        seating.sortOf(event.userId());
    }

    private SeatWish wish(Download download) {
        return wishes(List.of(download)).get(download);
    }

    /** The same number of questions, however many downloads. */
    private Map<Download, SeatWish> wishes(List<Download> downloads) {
        Set<UUID> administrators = seating.administrators(downloads.stream().map(download -> download.wish().userId()).collect(Collectors.toSet()));
        Map<UUID, Set<UUID>> refusals = seating.refusals(downloads.stream().map(Download::id).toList());
        Map<Download, SeatWish> wishes = new LinkedHashMap<>();
        downloads.forEach(download -> wishes.put(download, new SeatWish(download.wish().appId(), download.wish().accountName(),
                download.wish().userId(), administrators.contains(download.wish().userId()), refusals.getOrDefault(download.id(), Set.of()))));
        return wishes;
    }
}
