package org.wallwhale.steam;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.wallwhale.access.Caller;
import org.wallwhale.audit.AuditService;
import org.wallwhale.config.SealingConfig;
import org.wallwhale.database.ClockRepository;
import org.wallwhale.problem.Problem;
import org.wallwhale.secret.Sealing;
import org.wallwhale.secret.Secret;

/** Carries the questions of Steam Guard from the run to a person and the answer back, on whichever instance each is. */
@ApplicationScoped
public class PromptService {
    private static final Pattern CODE = Pattern.compile("[A-Za-z0-9]{1,16}");
    private PromptRepository prompts;
    private ClockRepository clock;
    private AuditService audit;
    private Event<PromptAnswered> answered;
    private Sealing sealing;

    PromptService() {
    }

    @Inject
    PromptService(PromptRepository prompts, ClockRepository clock, AuditService audit, Event<PromptAnswered> answered, SealingConfig sealing) {
        this.prompts = prompts;
        this.clock = clock;
        this.audit = audit;
        this.answered = answered;
        this.sealing = sealing.sealing();
    }

    /** A run's question, for {@code within}. {@code account} may be null: the sandbox asks too. */
    @Transactional
    public void ask(UUID subject, long fence, UUID account, GuardPrompt.Kind kind, String hint, int attempt, Duration within) {
        Instant now = clock.now();
        prompts.dropBefore(now.minus(Duration.ofHours(1)));
        Optional<Prompt> known = prompts.findLocked(subject);
        Prompt prompt = known.orElseGet(() -> new Prompt(subject));
        prompt.ask(fence, account, new GuardPrompt(kind, hint, attempt, now.plus(within)));
        if (known.isEmpty()) {
            // last: Hibernate inserts what the entity holds when it is added
            prompts.add(prompt);
        }
    }

    /** The answer to the newest question of a run, once: it is deleted by this. */
    @Transactional
    public Optional<Secret> take(UUID subject, long fence, GuardPrompt.Kind kind, int attempt) {
        return prompts.findLocked(subject).filter(prompt -> prompt.isOf(fence, kind, attempt) && prompt.answer() != null).map(prompt -> {
            Secret answer = sealing.open(prompt.answer(), prompt.place());
            prompts.remove(prompt);
            return answer;
        });
    }

    /** The run asks nothing any longer. */
    @Transactional
    public void forget(UUID subject, long fence) {
        prompts.findLocked(subject).filter(prompt -> prompt.fence() == fence).ifPresent(prompts::remove);
    }

    /** INVALID for what is no code, CONFLICT where nothing is asked. The caller has made sure that this one may answer. */
    @Transactional
    public void answer(UUID subject, String where, Secret code, Caller caller) {
        if (!CODE.matcher(code.reveal()).matches()) {
            throw Problem.INVALID.at("/code", "A code of Steam Guard is 1 to 16 letters and digits.");
        }
        Instant now = clock.now();
        Prompt prompt = prompts.findLocked(subject).filter(found -> found.isOpen(now)).orElseThrow(() ->
                Problem.CONFLICT.because("Steam Guard does not ask for anything here, or no longer."));
        prompt.answer(sealing.seal(code, prompt.place()));
        audit.done(caller.actor(), "steam-guard.answer", where, null, null);
        answered.fire(new PromptAnswered(subject));
    }

    /** What is asked right now, by the account that is logged in with. */
    @Transactional
    public Map<UUID, GuardPrompt> openByAccount() {
        return prompts.open(clock.now()).stream().filter(prompt -> prompt.accountId() != null)
                .collect(Collectors.toMap(Prompt::accountId, Prompt::view, (one, other) -> one));
    }

    /** What is asked right now, by download, or by account for a test login. */
    @Transactional
    public Map<UUID, GuardPrompt> open(Collection<UUID> subjects) {
        Instant now = clock.estimate();
        return prompts.of(subjects).stream().filter(prompt -> prompt.isOpen(now)).collect(Collectors.toMap(Prompt::subjectId, Prompt::view));
    }
}
