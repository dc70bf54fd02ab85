package org.wallwhale.steam;

import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.wallwhale.database.NullableIdConverter;
import org.wallwhale.problem.Problem;
import org.wallwhale.secret.Place;

/** A question of Steam Guard to one run, and a person's sealed answer until the run has read it. */
@Entity
@Table(name = "steam_prompts")
class Prompt {
    @Id
    @Column(name = "subject_id")
    private UUID subjectId;
    private long fence;
    @Column(name = "account_id")
    @Convert(converter = NullableIdConverter.class)
    private UUID accountId;
    @Enumerated(EnumType.STRING)
    private GuardPrompt.Kind kind;
    private String hint;
    private int attempt;
    @Column(name = "until")
    private Instant until;
    private String answer;

    Prompt() {
    }

    Prompt(UUID subjectId) {
        this.subjectId = subjectId;
    }

    /** The newest question; an answer to an earlier one is forgotten. */
    void ask(long newFence, UUID account, GuardPrompt prompt) {
        fence = newFence;
        accountId = account;
        kind = prompt.kind();
        hint = prompt.hint().length() <= 300 ? prompt.hint() : prompt.hint().substring(0, 300);
        attempt = prompt.attempt();
        until = prompt.until();
        answer = null;
    }

    boolean isOf(long run, GuardPrompt.Kind asked, int asking) {
        return fence == run && kind == asked && attempt == asking;
    }

    /** CONFLICT where there is nothing to type. */
    void answer(String sealed) {
        if (kind == GuardPrompt.Kind.MOBILE_APPROVAL) {
            throw Problem.CONFLICT.because("Steam wants no code: approve the sign-in in the Steam mobile app.");
        }
        answer = sealed;
    }

    /** Bound to the question, so that no other one is ever answered by it. */
    Place place() {
        return new Place("steam_prompts", subjectId + ":" + fence + ":" + attempt, "answer");
    }

    boolean isOpen(Instant now) {
        return until.isAfter(now);
    }

    GuardPrompt view() {
        return new GuardPrompt(kind, hint, attempt, until);
    }

    UUID subjectId() {
        return subjectId;
    }

    long fence() {
        return fence;
    }

    /** Null for a run of the sandbox. */
    UUID accountId() {
        return accountId;
    }

    /** Null until there is one. */
    String answer() {
        return answer;
    }
}
