package org.wallwhale.download;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;
import org.wallwhale.access.ApiKeyChanged;
import org.wallwhale.access.UserChanged;
import org.wallwhale.database.ClockRepository;

/**
 * Cancels the live downloads of users who are deactivated or deleted, and of API keys that are revoked or expired. The news only wakes it up: it goes by the rows, and is asked
 * again and again, so that neither a crash after the change nor a submit at the same moment leaves one behind.
 */
@ApplicationScoped
public class OwnerService {
    private static final int AT_ONCE = 200;
    private static final Failure INACTIVE = new Failure("owner_inactive", "The account of this download's owner was deactivated or deleted.",
            "Ask an administrator to activate the account, then retry the download.");
    private static final Failure USELESS_KEY = new Failure("key_revoked", "The API key of this download was revoked or has expired.",
            "Retry the download with another key, or as its owner.");
    private DownloadRepository downloads;
    private LogRepository log;
    private ClockRepository clock;
    private Event<DownloadChanged> changed;

    OwnerService() {
    }

    @Inject
    OwnerService(DownloadRepository downloads, LogRepository log, ClockRepository clock, Event<DownloadChanged> changed) {
        this.downloads = downloads;
        this.log = log;
        this.clock = clock;
        this.changed = changed;
    }

    /** 200 of them at most; the rest at the next call. A running one ends within seconds. */
    @Transactional
    public void cancelOfInactive() {
        Instant now = clock.now();
        downloads.lockLiveOfInactive(AT_ONCE).forEach(download -> cancel(download, INACTIVE, now));
        downloads.lockLiveOfUselessKeys(now, AT_ONCE).forEach(download -> cancel(download, USELESS_KEY, now));
    }

    /** A transaction of its own: the one of the change is over. */
    @Transactional(Transactional.TxType.REQUIRES_NEW)
    void onChange(@Observes(during = TransactionPhase.AFTER_SUCCESS) UserChanged event) {
        cancelOfInactive();
    }

    @Transactional(Transactional.TxType.REQUIRES_NEW)
    void onChange(@Observes(during = TransactionPhase.AFTER_SUCCESS) ApiKeyChanged event) {
        cancelOfInactive();
    }

    private void cancel(Download download, Failure reason, Instant now) {
        Status before = download.status();
        download.cancelBecause(reason, now);
        log.append(download, LogLine.LINE, List.of(reason.message() + (before == Status.QUEUED ? " Canceled before it started." : " Cancel was asked for.")),
                now);
        log.append(download, LogLine.STATE, List.of(download.status().name()), now);
        changed.fire(DownloadChanged.of(download));
    }
}
