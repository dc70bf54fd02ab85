package org.wallwhale.rest;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.persistence.PersistenceException;
import jakarta.transaction.RollbackException;
import jakarta.transaction.TransactionalException;
import java.sql.SQLException;
import org.eclipse.persistence.exceptions.DatabaseException;
import javax.transaction.xa.XAException;
import org.junit.jupiter.api.Test;
import org.wallwhale.problem.Problem;

class FaultsTest {
    @Test
    void aDatabaseThatIsAwayIsUnavailableWhoeverSaysSo() {
        PersistenceException away = new PersistenceException(new SQLException("connection refused", "08001"));
        assertThat(Faults.of(away).problem()).isEqualTo(Problem.UNAVAILABLE);
        assertThat(Faults.of(new TransactionalException("commit", rolledBack(away))).problem()).isEqualTo(Problem.UNAVAILABLE);
        assertThat(Faults.of(new SQLException("no state")).problem()).isEqualTo(Problem.UNAVAILABLE);
        assertThat(Faults.of(DatabaseException.sqlException(new SQLException("refused", "08001"))).problem())
                .as("EclipseLink's own, of a find").isEqualTo(Problem.UNAVAILABLE);
    }

    @Test
    void aDatabaseThatRefusesWhatItWasToldIsTheServersFault() {
        PersistenceException tooLong = new PersistenceException(new SQLException("value too long", "22001"));
        assertThat(Faults.of(tooLong).problem()).isEqualTo(Problem.INTERNAL);
        assertThat(Faults.of(new TransactionalException("commit", rolledBack(tooLong))).problem()).isEqualTo(Problem.INTERNAL);
        assertThat(Faults.of(new TransactionalException("commit", rolledBack(tooLong))).expected()).isFalse();
    }

    @Test
    void aProblemIsFoundBehindTheTransactionItEnded() {
        assertThat(Faults.of(new TransactionalException("commit", Problem.CONFLICT.because("It is taken."))).detail())
                .isEqualTo("It is taken.");
    }

    @Test
    void aCommitOfWhichTheDatabaseSaysThatItFailedIsItsOwn() {
        assertThat(Faults.of(new TransactionalException("commit", rolledBack(new XAException(XAException.XAER_RMFAIL)))).problem())
                .isEqualTo(Problem.UNAVAILABLE);
    }

    @Test
    void whatNamesNoDatabaseIsTheServersFault() {
        assertThat(Faults.of(new TransactionalException("commit", new RollbackException("rolled back"))).problem()).isEqualTo(Problem.INTERNAL);
        assertThat(Faults.of(new PersistenceException("no such entity")).problem()).isEqualTo(Problem.INTERNAL);
        assertThat(Faults.of(new TransactionalException("commit", rolledBack(new IllegalStateException("ours")))).expected()).isFalse();
    }

    private static RollbackException rolledBack(Throwable cause) {
        RollbackException rolledBack = new RollbackException("rolled back");
        rolledBack.initCause(cause);
        return rolledBack;
    }
}
