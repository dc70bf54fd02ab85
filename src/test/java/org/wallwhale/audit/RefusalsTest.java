package org.wallwhale.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.wallwhale.Beans;
import org.wallwhale.database.Outage;

/** Refusals while there are too many strangers, or no database. */
class RefusalsTest {
    private static final AuditQuery ALL = AuditQuery.of(null, null, null, null);
    private final Outage outage = new Outage();
    private final Beans beans = new Beans(outage.database(), Map.of());
    private final AuditService audit = beans.get(AuditService.class);
    private final Refusals refusals = new Refusals(audit, () -> 0);

    @AfterEach
    void close() {
        beans.close();
    }

    @Test
    void pastAThousandStrangersTheOthersCountAsOneAndNoneIsLeftOut() {
        RefusalTally tally = new RefusalTally(() -> 0);
        long first = 0;
        for (int i = 0; i < RefusalTally.MOST + 500; i++) {
            first += tally.isFirst(of("2001:db8:0:" + Integer.toHexString(i) + "::1")) ? 1 : 0;
        }
        assertThat(first).isEqualTo(RefusalTally.MOST + 1);
        List<RefusalTally.Sum> due = tally.due(true);
        assertThat(due).singleElement().satisfies(sum -> {
            assertThat(sum.source()).isEqualTo(RefusalTally.OTHERS);
            assertThat(sum.count()).isEqualTo(499);
        });
        due.forEach(tally::written);
        assertThat(tally.due(true)).isEmpty();
    }

    @Test
    void whatIsRefusedWhileTheDatabaseIsAwayIsOnRecordOnceItIsBack() {
        outage.begin();
        for (int i = 0; i < 5; i++) {
            refusals.add(Actor.stranger("192.0.2.1", "r" + i), "get", "downloads", "no", 401);
        }
        assertThat(outage.refused()).as("only the first asks the database").isEqualTo(1);
        refusals.writeAll();
        outage.end();
        refusals.writeAll();
        assertThat(audit.findAfter(ALL, null, 10)).singleElement().satisfies(entry -> {
            assertThat(entry.requestId()).isEqualTo("r4");
            assertThat(entry.detail()).startsWith("The last of 5 refusals from 192.0.2.1");
        });
    }

    @Test
    void noShareLinkIsPutOnRecord() {
        String[] paths = {"/api/v1/shared/SECRET/zip", "shared/SECRET", "/v1/shared/SECRET/items/1/zip", "/s/SECRET", "//s/SECRET", "downloads/1/shares",
            "downloads/1/files/s/a.txt"};
        for (int i = 0; i < paths.length; i++) {
            refusals.add(Actor.stranger("192.0.2." + i, "r" + i), "get", paths[i], "no", 403);
        }
        assertThat(audit.findAfter(ALL, null, 10)).extracting(AuditEntryView::subject).containsExactlyInAnyOrder("/api/v1/shared/…", "shared/…",
                "/v1/shared/…", "/s/…", "//s/…", "downloads/1/shares", "downloads/1/files/s/a.txt");
    }

    @Test
    void whatIsNoAddressIsAStrangerByItself() {
        assertThat(Actor.network("192.0.2.1")).isEqualTo("192.0.2.1");
        assertThat(Actor.network("::1")).isEqualTo("0:0:0:0:0:0:0:0/64");
        assertThat(Actor.network("1::g")).isEqualTo("1::g");
        assertThat(Actor.network("server")).isEqualTo("server");
    }

    private static Refusal of(String address) {
        return Refusal.of(Actor.stranger(address, "r"), "get", "downloads", "no", 401);
    }
}
