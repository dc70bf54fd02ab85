package org.wallwhale.download;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;
import org.wallwhale.access.Caller;
import org.wallwhale.database.ClockRepository;

/** Lists a caller's own downloads. */
@ApplicationScoped
public class DownloadListService {
    private DownloadListRepository list;
    private DownloadRepository downloads;
    private ProgressBoard board;
    private ClockRepository clock;

    DownloadListService() {
    }

    @Inject
    DownloadListService(DownloadListRepository list, DownloadRepository downloads, ProgressBoard board, ClockRepository clock) {
        this.list = list;
        this.downloads = downloads;
        this.board = board;
        this.clock = clock;
    }

    @Transactional
    DownloadList find(DownloadQuery query, Caller caller) {
        List<Download> rows = list.page(caller.userId(), query);
        boolean hasMore = rows.size() > query.limit();
        List<Download> page = hasMore ? rows.subList(0, query.limit()) : rows;
        Instant now = clock.now();
        List<DownloadView> views = page.stream().map(download -> DownloadView.of(download,
                WaitingFor.sentence(download, now, () -> downloads.isSameItemRunning(download.id())).orElse(null),
                board.of(download))).toList();
        String next = hasMore ? cursor(page.get(page.size() - 1)) : null;
        return new DownloadList(views, new DownloadList.Pagination(list.count(caller.userId(), query), query.limit(), query.offset(),
                hasMore, next));
    }

    private static String cursor(Download last) {
        return new DownloadQuery.Cursor(last.createdAt(), last.id()).text();
    }
}
