package org.wallwhale.share;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Supplier;
import org.wallwhale.access.Caller;
import org.wallwhale.access.Limits;
import org.wallwhale.access.Scope;
import org.wallwhale.audit.Actor;
import org.wallwhale.audit.AuditService;
import org.wallwhale.database.ClockRepository;
import org.wallwhale.database.NeedsNoRoom;
import org.wallwhale.download.BatchService;
import org.wallwhale.download.DownloadService;
import org.wallwhale.download.DownloadView;
import org.wallwhale.problem.Problem;
import org.wallwhale.problem.ProblemException;
import org.wallwhale.store.StoreService;
import org.wallwhale.store.StoredItem;
import org.wallwhale.store.StoredZip;

/** What visitors of links get. They see what the owner would see, and no more than the link says. */
@ApplicationScoped
class SharedService {
    private static final Duration NOTED_EVERY = Duration.ofHours(1);
    private static final long PATIENCE_SECONDS = 5;
    private ShareRepository shares;
    private StoreService store;
    private DownloadService downloads;
    private BatchService batches;
    private ClockRepository clock;
    private ShareConfig config;
    private AuditService audit;

    SharedService() {
    }

    @Inject
    SharedService(ShareRepository shares, StoreService store, DownloadService downloads, BatchService batches, ClockRepository clock,
            ShareConfig config, AuditService audit) {
        this.shares = shares;
        this.store = store;
        this.downloads = downloads;
        this.batches = batches;
        this.clock = clock;
        this.config = config;
        this.audit = audit;
    }

    /**
     * A link that is good.
     *
     * @param bytesPerSecond 0 for as many as go
     * @param now by the database's clock
     */
    record Standing(UUID id, UUID ownerId, Shared what, Optional<String> passwordHash, Instant expiresAt, Optional<Integer> maxDownloads,
            long bytesPerSecond, Optional<Instant> notedAt, Instant now) {
        /** What goes on together, and ends together. */
        Object right() {
            return List.of(id, passwordHash);
        }

        /** Of all bytes that may be sent; negative for any number. */
        private long most(long zipBytes) {
            return maxDownloads.map(count -> Math.multiplyExact(zipBytes, (long) count)).orElse(-1L);
        }

        private boolean isNoted() {
            return notedAt.filter(noted -> noted.isAfter(now.minus(NOTED_EVERY))).isPresent();
        }

        private Caller owner() {
            return new Caller(Actor.server().as(ownerId, Optional.empty()), Set.of(Scope.DOWNLOAD_READ), false, Limits.DEFAULTS,
                    Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), false);
        }
    }

    /** Empty for a link that ended, was revoked, or whose owner or key is no longer good. */
    @NeedsNoRoom
    @Transactional
    public Optional<Standing> find(UUID id) {
        Instant now = clock.now();
        return config.isOn() ? shares.findOpen(id, now).map(share -> new Standing(share.id(), share.userId(), share.what(),
                Optional.ofNullable(share.passwordHash()), share.expiresAt(), Optional.ofNullable(share.maxDownloads()),
                Optional.ofNullable(share.bytesPerSecond()).orElse(0L), Optional.ofNullable(share.notedAt()), now)) : Optional.empty();
    }

    /** GONE where the content is no longer there. */
    @NeedsNoRoom
    @Transactional
    public SharedView view(Standing link) {
        Shared what = link.what();
        return there(() -> what.isBatch()
                ? view(link, null, null, store.batchItems(what.id(), link.owner()), batches.titlesOf(what.id(), link.owner()))
                : view(link, downloads.get(what.id(), link.owner())));
    }

    private SharedView view(Standing link, DownloadView download) {
        return view(link, download.title(), download.previewUrl(), store.items(download.id(), link.owner()),
                downloads.titlesOf(download.id(), link.owner()));
    }

    private static SharedView view(Standing link, String title, String previewUrl, List<StoredItem> items, Map<String, String> titles) {
        return new SharedView(title == null && items.size() == 1 ? titles.getOrDefault(items.get(0).pubfileId(), items.get(0).pubfileId()) : title,
                previewUrl, items.stream().mapToInt(StoredItem::fileCount).sum(), items.stream().mapToLong(StoredItem::sizeBytes).sum(),
                link.expiresAt(), false, items.stream().map(item -> new SharedItem(item.name(),
                        titles.get(item.pubfileId()), item.fileCount(), item.sizeBytes())).toList());
    }

    /** {@code item} is the name of the one that is meant, if it is not all. GONE where the content is no longer there. */
    @NeedsNoRoom
    @Transactional
    public StoredZip zip(Standing link, Optional<String> item) {
        Shared what = link.what();
        return there(() -> what.isBatch() ? store.batchZip(what.id(), item, link.owner()) : store.zip(what.id(), item, link.owner()));
    }

    /**
     * Reserves bytes that are about to be sent, and puts the first use of an hour on record. GONE when they were sent already,
     * TOO_MANY_REQUESTS while they are being sent to others.
     *
     * @param zipBytes the length of the zip of everything
     */
    @Transactional
    public void begin(Standing link, long bytes, long zipBytes, Actor visitor) {
        long most = link.most(zipBytes);
        if (!shares.reserve(link.id(), bytes, zipBytes, most)) {
            boolean used = shares.find(link.id()).filter(share -> share.bytesSent() + bytes <= most).isEmpty();
            throw used ? Problem.GONE.because("This link was used as often as it may be; ask whoever gave it to you for more.")
                    : Problem.TOO_MANY_REQUESTS.overLimit("Others are using up what this link allows; if they stop, there is some left.",
                            List.of("share"), PATIENCE_SECONDS);
        }
        if (!link.isNoted() && shares.note(link.id(), link.now().minus(NOTED_EVERY), link.now())) {
            audit.done(visitor, "share.read", "shares/" + link.id(), null, null);
        }
    }

    /** All of them or none. Every instance takes the links in the same order, so that none waits for one that waits for it. */
    @NeedsNoRoom
    @Transactional
    public void count(Map<UUID, ShareTally.Count> counts) {
        Instant now = clock.now();
        new TreeMap<>(counts).forEach((id, count) -> shares.count(id, count, now));
    }

    /** A visitor cannot do anything about it, whatever the owner would be told. */
    private static <T> T there(Supplier<T> content) {
        try {
            return content.get();
        } catch (ProblemException e) {
            if (e.problem() == Problem.CONFLICT || e.problem() == Problem.GONE) {
                throw Problem.GONE.because("What this link leads to is no longer on the server; ask whoever gave it to you.");
            }
            throw e;
        }
    }
}
