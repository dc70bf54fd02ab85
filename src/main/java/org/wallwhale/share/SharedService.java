package org.wallwhale.share;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.wallwhale.access.Caller;
import org.wallwhale.database.NeedsNoRoom;
import org.wallwhale.download.BatchService;
import org.wallwhale.download.DownloadService;
import org.wallwhale.download.DownloadView;
import org.wallwhale.download.Kind;
import org.wallwhale.problem.Problem;
import org.wallwhale.problem.ProblemException;
import org.wallwhale.store.ServedService;
import org.wallwhale.store.StoredItem;
import org.wallwhale.store.StoredZip;

/** What visitors of links get. They see what the owner would see, and no more than the link says. */
@ApplicationScoped
class SharedService {
    private ServedService content;
    private DownloadService downloads;
    private BatchService batches;
    /** Who takes an item in parts asks for each: the list of all files is long, and changes seldom. */
    private final Cache<Shared, Long> lengths = Caffeine.newBuilder().maximumSize(1000).expireAfterWrite(Duration.ofSeconds(10)).build();

    SharedService() {
    }

    @Inject
    SharedService(ServedService content, DownloadService downloads, BatchService batches) {
        this.content = content;
        this.downloads = downloads;
        this.batches = batches;
    }

    /** GONE where the content is no longer there, CONFLICT while it is fetched anew. */
    @NeedsNoRoom
    @Transactional
    public SharedView view(Standing link) {
        Shared what = link.what();
        return there(() -> what.isBatch()
                ? view(link, null, null, content.batchItems(what.id(), link.owner()), batches.titlesOf(what.id(), link.owner()))
                : view(link, downloads.get(what.id(), link.owner())));
    }

    private SharedView view(Standing link, DownloadView download) {
        return view(link, download.title(), download.previewUrl(), content.items(download.id(), link.owner()),
                downloads.titlesOf(download.id(), link.owner()));
    }

    private static SharedView view(Standing link, String title, String previewUrl, List<StoredItem> items, Map<String, String> titles) {
        return new SharedView(title == null && items.size() == 1 ? titles.getOrDefault(items.get(0).pubfileId(), items.get(0).pubfileId()) : title,
                previewUrl, items.stream().mapToInt(StoredItem::fileCount).sum(), items.stream().mapToLong(StoredItem::sizeBytes).sum(),
                link.expiresAt(), false, items.stream().map(item -> new SharedItem(item.name(),
                        titles.get(item.pubfileId()), item.fileCount(), item.sizeBytes())).toList());
    }

    /** {@code item} is the name of the one that is meant, if it is not all. GONE and CONFLICT as for {@link #view}. */
    @NeedsNoRoom
    @Transactional
    public StoredZip zip(Standing link, Optional<String> item) {
        Shared what = link.what();
        return there(() -> what.isBatch() ? content.batchZip(what.id(), item, link.owner())
                : content.zip(what.id(), item.filter(name -> !isAll(what, name, link.owner())), link.owner()));
    }

    /** The one item of a download that is no collection is all that this has. */
    private boolean isAll(Shared what, String name, Caller owner) {
        DownloadView download = downloads.get(what.id(), owner);
        return download.kind() == Kind.ITEM && name.equals(download.pubfileId());
    }

    /** Of the zip of everything, as it was within the last ten seconds. */
    long zipBytes(Standing link) {
        return lengths.get(link.what(), what -> zip(link, Optional.empty()).length());
    }

    /** A visitor cannot do anything about it, whatever the owner would be told. */
    private static <T> T there(Supplier<T> content) {
        try {
            return content.get();
        } catch (ProblemException e) {
            throw switch (e.problem()) {
                case NOT_FOUND -> StandingService.unknown();
                case GONE -> Problem.GONE.because("What this link leads to is no longer on the server; ask whoever gave it to you.");
                case CONFLICT -> Problem.CONFLICT.because("What this link leads to is not on the server right now; try again later, "
                        + "or ask whoever gave it to you.");
                default -> e;
            };
        }
    }
}
