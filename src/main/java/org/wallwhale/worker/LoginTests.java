package org.wallwhale.worker;

import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorDefinition;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import org.wallwhale.access.Caller;
import org.wallwhale.config.DataFolder;
import org.wallwhale.download.SeatingService;
import org.wallwhale.engine.DepotDownloader;
import org.wallwhale.engine.EngineConfig;
import org.wallwhale.engine.Fetch;
import org.wallwhale.engine.Login;
import org.wallwhale.engine.Outcome;
import org.wallwhale.engine.Reason;
import org.wallwhale.engine.Tool;
import org.wallwhale.problem.Problem;
import org.wallwhale.steam.AccountService;
import org.wallwhale.steam.AccountView;
import org.wallwhale.steam.Seat;
import org.wallwhale.steam.SeatService;
import org.wallwhale.steam.TestTicket;

/**
 * Tries the login of a Steam account with the real tool: it asks for an item that does not exist, which Steam says to those it let in.
 * Tests have threads of their own and never wait for one: they last as long as a person takes to answer Steam Guard, and neither
 * keep downloads from running nor are kept by them.
 */
@ManagedExecutorDefinition(name = "java:app/concurrent/login-tests", maxAsync = LoginTests.MOST_AT_ONCE)
@ApplicationScoped
public class LoginTests {
    private static final Logger LOG = System.getLogger(LoginTests.class.getName());
    /** Below the largest id there can be. */
    private static final String NO_ITEM = "18446744073709551523";
    private static final Duration LOGIN_AND_END = Duration.ofMinutes(2);
    static final int MOST_AT_ONCE = 8;
    private final Semaphore places = new Semaphore(MOST_AT_ONCE);
    @Inject
    private DepotDownloader engine;
    @Inject
    private EngineConfig config;
    @Inject
    private SeatingService seating;
    @Inject
    private SeatService seats;
    @Inject
    private AccountService accounts;
    @Inject
    private Logins logins;
    @Inject
    private DataFolder folder;
    @Resource(lookup = "java:app/concurrent/login-tests")
    private ManagedExecutorService threads;

    /**
     * Begins the test and returns at once; its result stands in the account's view. It counts as a login. CONFLICT while the account
     * is in use or may not log in, while {@value #MOST_AT_ONCE} tests run on this instance, and on a server without DepotDownloader.
     */
    public AccountView start(UUID account, Caller caller) {
        accounts.get(account);
        Tool tool = tool();
        TestTicket ticket = begin(account, caller);
        try {
            threads.execute(() -> run(tool, ticket));
        } catch (RejectedExecutionException e) {
            places.release();
            accounts.endTest(ticket, "stopped", "The server stops.");
        }
        return accounts.get(account);
    }

    Tool tool() {
        return engine.tool().orElseThrow(() -> Problem.CONFLICT.because("There is no DepotDownloader on this server: run `wallwhale engine "
                + "install` there, or set WALLWHALE_ENGINE_DEPOTDOWNLOADER_PATH, and start it anew."));
    }

    /** Whoever gets a ticket calls {@link #run}. */
    TestTicket begin(UUID account, Caller caller) {
        if (!places.tryAcquire()) {
            throw Problem.CONFLICT.because("As many test logins run on this server as may at once; try again when one is over.");
        }
        try {
            return seating.beginTest(account, maxRuntime().plus(LOGIN_AND_END), caller);
        } catch (RuntimeException e) {
            places.release();
            throw e;
        }
    }

    /** In the calling thread; never throws. */
    void run(Tool tool, TestTicket ticket) {
        Seat seat = ticket.seat();
        try (GuardDialog guard = logins.dialog(seat.id(), ticket.fence(), seat.id(), seats.credentials(seat).codes())) {
            SeatService.Credentials credentials = seats.credentials(seat);
            remember(ticket, credentials, tried(tool, seat, credentials.login(), guard));
        } catch (InterruptedException e) {
            accounts.endTest(ticket, "stopped", "The server stopped.");
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "The test login of " + seat.alias() + " broke.", e);
            accounts.endTest(ticket, "internal", "The server failed on this test; see its log.");
        } finally {
            places.release();
        }
    }

    /** What it leaves is deleted as long as the account is this test's. */
    private Outcome tried(Tool tool, Seat seat, Optional<Login> login, GuardDialog guard) throws InterruptedException {
        Path target = folder.folder("work").resolve("test-" + seat.id());
        try {
            return engine.fetch(new Fetch(tool, 1, NO_ITEM, login, logins.home(seat), target, false, maxRuntime()), new TestListener(guard));
        } finally {
            delete(target);
        }
    }

    private void remember(TestTicket ticket, SeatService.Credentials used, Outcome outcome) {
        Optional<Reason> reason = Logins.reason(outcome);
        boolean letIn = reason.isEmpty() || reason.get() == Reason.ITEM_NOT_FOUND || reason.get() == Reason.ITEM_DENIED
                || reason.get() == Reason.NOT_OWNED;
        logins.session(ticket.seat(), letIn ? Optional.empty() : reason);
        seats.learn(ticket.seat(), used, Optional.empty(), reason);
        if (letIn) {
            accounts.endTest(ticket, "success", "Steam let this account in.");
        } else {
            accounts.endTest(ticket, reason.get().code(), ((Outcome.NotFetched) outcome).detail() + " " + reason.get().advice());
        }
    }

    private Duration maxRuntime() {
        return config.answerWithin().multipliedBy(2).plus(LOGIN_AND_END);
    }

    private static void delete(Path target) {
        try {
            DataFolder.deleteTree(target);
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "What a test login left could not be deleted.", e);
        }
    }
}
