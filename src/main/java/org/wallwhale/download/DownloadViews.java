package org.wallwhale.download;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.wallwhale.database.ClockRepository;
import org.wallwhale.download.DownloadRepository.PartCount;
import org.wallwhale.steam.GuardPrompt;
import org.wallwhale.steam.PromptService;

/**
 * Puts downloads on the wire, with what does not stand in their own rows: what they wait for, what they ask, how far they are, and
 * their parts.
 */
@ApplicationScoped
class DownloadViews {
    private DownloadRepository downloads;
    private QueueRepository queue;
    private SeatingService seating;
    private PromptService prompts;
    private ProgressBoard board;
    private ClockRepository clock;
    private DownloadConfig config;

    DownloadViews() {
    }

    @Inject
    DownloadViews(DownloadRepository downloads, QueueRepository queue, SeatingService seating, PromptService prompts, ProgressBoard board,
            ClockRepository clock, DownloadConfig config) {
        this.downloads = downloads;
        this.queue = queue;
        this.seating = seating;
        this.prompts = prompts;
        this.board = board;
        this.clock = clock;
        this.config = config;
    }

    DownloadView of(Download download) {
        return of(List.of(download), clock.estimate()).get(0);
    }

    List<DownloadView> of(List<Download> rows) {
        return of(rows, clock.now());
    }

    private List<DownloadView> of(List<Download> rows, Instant now) {
        HeldBack heldBack = heldBack(rows.stream().filter(download -> download.status() == Status.QUEUED).toList());
        Map<UUID, GuardPrompt> asked = asked(rows);
        Map<UUID, Parts> parts = parts(rows.stream().filter(Download::isCollection).toList());
        return rows.stream().map(download -> DownloadView.of(download,
                WaitingFor.sentence(download, now, () -> heldBack).orElse(null), asked.get(download.id()),
                parts.containsKey(download.id()) ? parts.get(download.id()).progress() : heldBack.progress(download, board),
                parts.get(download.id()))).toList();
    }

    /** By item, as far as they are known. */
    static Map<String, String> titles(List<Download> downloads) {
        Map<String, String> titles = new HashMap<>();
        downloads.stream().filter(download -> download.description().title() != null)
                .forEach(download -> titles.put(download.wish().pubfileId(), download.description().title()));
        return titles;
    }

    /** Why queued downloads wait, in a word each, with how many of them. */
    Map<String, Long> waiting(List<Download> queued) {
        HeldBack heldBack = heldBack(queued);
        Instant now = clock.now();
        return queued.stream().collect(Collectors.groupingBy(download -> WaitingFor.word(download, now, heldBack), Collectors.counting()));
    }

    private HeldBack heldBack(List<Download> queued) {
        return queued.isEmpty() ? HeldBack.NOTHING
                : queue.heldBack(queued.stream().map(Download::id).toList(), config.capacity()).withLogins(seating.sentences(queued));
    }

    private Map<UUID, GuardPrompt> asked(List<Download> rows) {
        List<UUID> asking = rows.stream().filter(download -> download.phase() == Phase.NEEDS_INPUT).map(Download::id).toList();
        return asking.isEmpty() ? Map.of() : prompts.open(asking);
    }

    private Map<UUID, Parts> parts(List<Download> collections) {
        if (collections.isEmpty()) {
            return Map.of();
        }
        List<UUID> ids = collections.stream().map(Download::id).toList();
        Map<UUID, List<PartCount>> counts = downloads.countParts(ids).stream().collect(Collectors.groupingBy(PartCount::collectionId));
        Map<UUID, List<Progress>> running = downloads.findParts(ids, Status.RUNNING).stream()
                .collect(Collectors.groupingBy(Download::parentId, Collectors.mapping(board::of, Collectors.toList())));
        Map<UUID, Parts> parts = new HashMap<>();
        collections.forEach(collection -> parts.put(collection.id(), Parts.of(collection,
                counts.getOrDefault(collection.id(), List.of()), running.getOrDefault(collection.id(), List.of()))));
        return parts;
    }
}
