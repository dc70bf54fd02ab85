package org.wallwhale.download;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.wallwhale.database.ClockRepository;
import org.wallwhale.steam.GuardPrompt;
import org.wallwhale.steam.PromptService;

/** Downloads as they are shown: with what they wait for, what they ask, and how far they are. */
@ApplicationScoped
class DownloadViews {
    private QueueRepository queue;
    private SeatingService seating;
    private PromptService prompts;
    private ProgressBoard board;
    private ClockRepository clock;
    private DownloadConfig config;

    DownloadViews() {
    }

    @Inject
    DownloadViews(QueueRepository queue, SeatingService seating, PromptService prompts, ProgressBoard board, ClockRepository clock,
            DownloadConfig config) {
        this.queue = queue;
        this.seating = seating;
        this.prompts = prompts;
        this.board = board;
        this.clock = clock;
        this.config = config;
    }

    DownloadView of(Download download) {
        String waiting = WaitingFor.sentence(download, clock.estimate(), () -> heldBack(List.of(download))).orElse(null);
        return DownloadView.of(download, waiting, asked(List.of(download)).get(download.id()), board.of(download));
    }

    List<DownloadView> of(List<Download> rows) {
        Instant now = clock.now();
        HeldBack heldBack = heldBack(rows);
        Map<UUID, GuardPrompt> asked = asked(rows);
        return rows.stream().map(download -> DownloadView.of(download, WaitingFor.sentence(download, now, () -> heldBack).orElse(null),
                asked.get(download.id()), board.of(download))).toList();
    }

    private HeldBack heldBack(Collection<Download> rows) {
        List<Download> queued = rows.stream().filter(download -> download.status() == Status.QUEUED).toList();
        return queue.heldBack(queued.stream().map(Download::id).toList(), config.capacity()).withLogins(seating.sentences(queued));
    }

    private Map<UUID, GuardPrompt> asked(Collection<Download> rows) {
        List<UUID> asking = rows.stream().filter(download -> download.phase() == Phase.NEEDS_INPUT).map(Download::id).toList();
        return asking.isEmpty() ? Map.of() : prompts.open(asking);
    }
}
