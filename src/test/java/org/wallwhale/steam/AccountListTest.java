package org.wallwhale.steam;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wallwhale.Beans;
import org.wallwhale.database.ClockRepository;
import org.wallwhale.database.CountedStatements;

class AccountListTest {
    @TempDir
    private Path data;

    @Test
    void aLongListTakesNoMoreStatementsThanAShortOne() {
        CountedStatements statements = new CountedStatements();
        try (Beans beans = new Beans(statements.open(), Map.of("wallwhale.data-dir", data.toString()))) {
            AccountService accounts = beans.get(AccountService.class);
            add(beans, "one", 1);
            int forOne = statements.of(() -> accounts.list(50, 0));
            int leftForOne = statements.of(() -> accounts.loginsLeft(50));
            for (int i = 2; i <= 9; i++) {
                add(beans, "account" + i, i);
            }
            assertThat(statements.of(() -> accounts.list(50, 0))).isEqualTo(forOne);
            assertThat(statements.of(() -> accounts.loginsLeft(50))).isEqualTo(leftForOne);
            assertThat(accounts.list(50, 0).steamUsers()).hasSize(9).allSatisfy(account -> {
                assertThat(account.loginsLastHour()).as(account.alias()).isEqualTo(1);
                assertThat(account.appsWorking()).hasSize(1);
            });
            assertThat(accounts.loginsLeft(50)).allSatisfy(account -> assertThat(account.left()).isEqualTo(79));
        }
    }

    private static void add(Beans beans, String alias, long app) {
        UUID id = SteamAccounts.add(beans, alias, null);
        SeatService seats = beans.get(SeatService.class);
        Seat seat = new Seat(id, alias);
        try {
            beans.transaction(() -> {
                seats.charge(seat, beans.get(ClockRepository.class).now());
                return null;
            });
        } catch (Exception e) {
            throw new AssertionError(e);
        }
        seats.learn(seat, seats.credentials(seat), Optional.of(app), Optional.empty());
    }
}
