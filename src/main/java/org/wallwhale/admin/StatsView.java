package org.wallwhale.admin;

import java.util.List;
import org.wallwhale.download.DownloadCounts;
import org.wallwhale.download.FinishedHour;
import org.wallwhale.download.FailureCount;
import org.wallwhale.steam.LoginBudget;
import org.wallwhale.store.StoreView;

/**
 * What the server does, for its first page.
 *
 * @param queue of all users
 * @param finished 24 hours (UTC), the present one last; the items of collections are counted, collections are not
 * @param reasons why downloads failed in these hours, the most frequent first, 20 at most
 * @param accounts the first 100 Steam accounts, by alias
 */
public record StatsView(DownloadCounts queue, List<FinishedHour> finished, List<FailureCount> reasons, StoreView storage,
        List<LoginBudget> accounts) {
}
