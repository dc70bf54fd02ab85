package org.wallwhale.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.wallwhale.database.DatabaseState.AWAY;
import static org.wallwhale.database.DatabaseState.CROWDED;
import static org.wallwhale.database.DatabaseState.FULL;
import static org.wallwhale.database.DatabaseState.NEARLY_FULL;
import static org.wallwhale.database.DatabaseState.READ_ONLY;
import static org.wallwhale.database.DatabaseState.SHUT_OUT;
import static org.wallwhale.database.DatabaseState.WELL;

import java.sql.SQLException;
import java.util.EnumSet;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class DatabaseStateTest {
    @Test
    void aDiskIsRoomyAgainOnlyWithMoreThanWhatItLacked() {
        assertThat(ofRoom(WELL, 16)).isEqualTo(WELL);
        assertThat(ofRoom(WELL, 15)).isEqualTo(NEARLY_FULL);
        assertThat(ofRoom(NEARLY_FULL, 23)).isEqualTo(NEARLY_FULL);
        assertThat(ofRoom(FULL, 23)).isEqualTo(NEARLY_FULL);
        assertThat(ofRoom(NEARLY_FULL, 24)).isEqualTo(WELL);
        assertThat(ofRoom(NEARLY_FULL, 1)).isEqualTo(FULL);
        assertThat(ofRoom(AWAY, 16)).isEqualTo(WELL);
    }

    @Test
    void aDiskThatDoesNotTellIsNotFull() {
        assertThat(DatabaseState.ofRoom(WELL, OptionalLong.empty())).isEqualTo(WELL);
        assertThat(DatabaseState.ofRoom(NEARLY_FULL, OptionalLong.empty())).isEqualTo(WELL);
    }

    @Test
    void whatMakesRoomPassesWhileThereIsABitLeft() {
        assertThat(EnumSet.allOf(DatabaseState.class)).filteredOn(state -> !state.admits(true)).containsExactly(FULL, AWAY);
        assertThat(EnumSet.allOf(DatabaseState.class)).filteredOn(state -> !state.admits(false)).containsExactly(NEARLY_FULL, FULL, AWAY);
        assertThat(READ_ONLY.admits(false)).isTrue();
    }

    @Test
    void aDatabaseThatRefusesIsThere() {
        assertThat(DatabaseState.ofRefusal(new SQLException("sorry, too many clients already", "53300"))).isEqualTo(CROWDED);
        assertThat(DatabaseState.ofRefusal(new SQLException("no password", "28P01"))).isEqualTo(SHUT_OUT);
        assertThat(DatabaseState.ofRefusal(new SQLException("starting up", "57P03"))).isEqualTo(AWAY);
        assertThat(DatabaseState.ofRefusal(new SQLException("disk full", "53100"))).isEqualTo(AWAY);
        assertThat(DatabaseState.ofRefusal(new SQLException("no state"))).isEqualTo(AWAY);
    }

    private static DatabaseState ofRoom(DatabaseState before, int mebibytes) {
        return DatabaseState.ofRoom(before, OptionalLong.of((long) mebibytes << 20));
    }
}
