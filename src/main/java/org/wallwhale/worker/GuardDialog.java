package org.wallwhale.worker;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.wallwhale.engine.FetchPhase;
import org.wallwhale.engine.Prompt;
import org.wallwhale.secret.Secret;
import org.wallwhale.steam.GuardBell;
import org.wallwhale.steam.GuardCodes;
import org.wallwhale.steam.GuardPrompt;
import org.wallwhale.steam.PromptService;

/**
 * What Steam Guard asks one run: shown to people through the database, who may answer on another instance; or answered by the
 * account's shared secret. While the database is away nothing is answered, and the run goes on.
 */
final class GuardDialog implements AutoCloseable {
    private static final Logger LOG = System.getLogger(GuardDialog.class.getName());
    private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(2);

    /**
     * Which run is asked.
     *
     * @param id the download, or the account whose login is tested
     * @param fence tells the run from others of the same
     * @param account null for the sandbox's and an anonymous login
     */
    record Subject(UUID id, long fence, UUID account) {
    }

    private final Subject subject;
    private final PromptService prompts;
    private final GuardBell bell;
    private final Optional<GuardCodes> codes;
    private final Duration within;
    private final Supplier<Instant> now;
    private Prompt shown;
    private long lookedAt;
    private String given;

    /** {@code codes} computes what an authenticator shows, by the clock {@code now}. */
    GuardDialog(Subject subject, PromptService prompts, GuardBell bell, Optional<GuardCodes> codes, Duration within, Supplier<Instant> now) {
        this.subject = subject;
        this.prompts = prompts;
        this.bell = bell;
        this.codes = codes;
        this.within = within;
        this.now = now;
    }

    /** Asked again and again, until there is an answer. */
    Optional<String> answer(Prompt prompt) {
        try {
            return codes.isPresent() && prompt.kind() == Prompt.Kind.AUTHENTICATOR_CODE ? computed() : asked(prompt);
        } catch (RuntimeException e) {
            LOG.log(Level.DEBUG, "What Steam Guard asks could not be shown; it is tried again.", e);
            return Optional.empty();
        }
    }

    /** A code that was wrong is followed by the next one, half a minute later. */
    private Optional<String> computed() {
        String code = codes.orElseThrow().at(now.get());
        Optional<String> fresh = Optional.of(code).filter(next -> !next.equals(given));
        given = code;
        return fresh;
    }

    private Optional<String> asked(Prompt prompt) {
        long nanos = System.nanoTime();
        GuardPrompt.Kind kind = GuardPrompt.Kind.valueOf(prompt.kind().name());
        if (!prompt.equals(shown)) {
            bell.listen(subject.id());
            prompts.ask(subject.id(), subject.fence(), subject.account(), kind, prompt.hint(), prompt.attempt(), within);
            shown = prompt;
            lookedAt = nanos;
        } else if (bell.rang(subject.id()) || nanos - lookedAt > LOOK_NANOS) {
            lookedAt = nanos;
            return prompts.take(subject.id(), subject.fence(), kind, prompt.attempt()).map(Secret::reveal);
        }
        return Optional.empty();
    }

    void phase(FetchPhase phase) {
        if (phase != FetchPhase.NEEDS_INPUT) {
            close();
        }
    }

    /** Nothing is asked any longer. A question that cannot be taken back goes by itself when its time is over. */
    @Override
    public void close() {
        if (shown == null) {
            return;
        }
        shown = null;
        bell.leave(subject.id());
        try {
            prompts.forget(subject.id(), subject.fence());
        } catch (RuntimeException e) {
            LOG.log(Level.DEBUG, "What Steam Guard asked could not be taken back.", e);
        }
    }
}
