package org.wallwhale.download;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.persistence.EntityManager;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wallwhale.Beans;
import org.wallwhale.database.CountedStatements;
import org.wallwhale.steam.SteamAccounts;

class SentencesTest {
    @TempDir
    private Path data;

    @Test
    void whatManyDownloadsWaitForTakesNoMoreStatementsThanWhatOneDoes() throws Exception {
        CountedStatements statements = new CountedStatements();
        try (Beans beans = new Beans(statements.open(), Map.of("wallwhale.data-dir", data.toString()))) {
            SteamAccounts.add(beans, "limited", null);
            beans.transaction(() -> beans.get(EntityManager.class).createNativeQuery(
                    "update steam_accounts set needs_login = 'wrong_password'").executeUpdate());
            List<Download> waiting = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                waiting.add(waiting(beans, beans.addUser(), i));
            }
            SeatingService seating = beans.get(SeatingService.class);
            int forOne = statements.of(() -> seating.sentences(waiting.subList(0, 1)));
            assertThat(statements.of(() -> seating.sentences(waiting))).isEqualTo(forOne);
            assertThat(seating.sentences(waiting)).hasSize(8);
        }
    }

    private static Download waiting(Beans beans, UUID user, int item) throws Exception {
        Download download = new Download(new Wish(user, null, String.valueOf(3_000_000_000L + item), 431960, Source.STEAM, "limited", null, null, 0),
                null, 3, Instant.now());
        download.claim(new Holder("here", "boot"), 1, Instant.now(), Instant.now());
        download.waitForSeat(null, Instant.now());
        beans.transaction(() -> {
            beans.get(DownloadRepository.class).add(download);
            return null;
        });
        return download;
    }
}
