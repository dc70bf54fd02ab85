package org.wallwhale.engine;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Answers the questions of one run: the password at once, those of Steam Guard as soon as a person did. Prompts have no line
 * end: whoever calls makes sure that nothing follows them.
 */
final class Dialog {
    private static final Pattern GUARD = Pattern.compile("STEAM GUARD! Please enter (?:your 2-factor auth code from your "
            + "authenticator app|the auth code sent to the email at (?<mail>[^:]*)): $");
    private static final int WRONG_CODES = 2;
    private static final long ASK_EVERY_NANOS = Duration.ofMillis(200).toNanos();

    private final Optional<Login> login;
    private final FetchListener listener;
    private final Duration answerWithin;
    private final Consumer<String> input;
    private boolean passwordGiven;
    private Prompt prompt;
    private int asked;
    private int wrong;
    private long promptAt;
    private long askedAt;

    /** {@code input} takes a line for the child's standard input. */
    Dialog(Optional<Login> login, FetchListener listener, Duration answerWithin, Consumer<String> input) {
        this.login = login;
        this.listener = listener;
        this.answerWithin = answerWithin;
        this.input = input;
    }

    /** Whether {@code unfinished} is a question, which is thereby taken up; {@code connecting} once the login has begun. */
    boolean takesUp(Source source, String unfinished, boolean connecting, long now) {
        return source == Source.ERR ? guard(unfinished, now) : password(unfinished, connecting);
    }

    void mobileApproval(long now) {
        ask(new Prompt(Prompt.Kind.MOBILE_APPROVAL, "", 1), now);
    }

    void wrongCode() {
        wrong++;
    }

    boolean waiting() {
        return prompt != null;
    }

    /** The login went on without us. */
    void settle() {
        prompt = null;
    }

    /** Asks the person again when it is time. The result is why the run has to be ended, if so. */
    Optional<Failure> turn(long now) {
        if (wrong >= WRONG_CODES) {
            return failure(Reason.GUARD_CODE_WRONG, "Steam refused two Steam Guard codes.");
        }
        if (prompt == null) {
            return Optional.empty();
        }
        if (now - promptAt > answerWithin.toNanos()) {
            return prompt.kind() == Prompt.Kind.MOBILE_APPROVAL
                    ? failure(Reason.MOBILE_APPROVAL_MISSING, "The sign-in was not approved in the mobile app in time.")
                    : failure(Reason.GUARD_CODE_NEEDED, "Nobody entered the Steam Guard code in time.");
        }
        if (now - askedAt >= ASK_EVERY_NANOS) {
            askedAt = now;
            listener.answer(prompt).filter(answer -> prompt.kind() != Prompt.Kind.MOBILE_APPROVAL).ifPresent(this::answer);
        }
        return Optional.empty();
    }

    private boolean password(String unfinished, boolean connecting) {
        boolean ours = !connecting && !passwordGiven && login.isPresent()
                && unfinished.endsWith("Enter account password for \"" + login.get().username() + "\": ");
        if (ours) {
            passwordGiven = true;
            input.accept(login.get().password().reveal());
        }
        return ours;
    }

    private boolean guard(String unfinished, long now) {
        Matcher matcher = GUARD.matcher(unfinished);
        if (!matcher.find()) {
            return false;
        }
        String mail = matcher.group("mail");
        ask(new Prompt(mail == null ? Prompt.Kind.AUTHENTICATOR_CODE : Prompt.Kind.EMAIL_CODE, mail == null ? "" : mail,
                ++asked), now);
        return true;
    }

    private void ask(Prompt next, long now) {
        prompt = next;
        promptAt = now;
        askedAt = now - ASK_EVERY_NANOS;
    }

    /** A line break inside would be two answers. */
    private void answer(String text) {
        prompt = null;
        input.accept(text.replaceAll("\\p{Cntrl}", "").strip());
    }

    private static Optional<Failure> failure(Reason reason, String detail) {
        return Optional.of(new Failure(reason, detail, Failure.Weight.FATAL));
    }
}
