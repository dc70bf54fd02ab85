package org.wallwhale.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.wallwhale.secret.Secret;

class DialogTest {
    private static final String PASSWORD_PROMPT = "Enter account password for \"u\": ";
    private static final String CODE_PROMPT = "STEAM GUARD! Please enter your 2-factor auth code from your authenticator app: ";

    private final Clock clock = new Clock();
    private final Witness witness = new Witness();
    private final List<String> written = new ArrayList<>();
    private final Dialog dialog = dialog(Optional.of(new Login("u", Secret.of("c4n-ary"))));

    @Test
    void thePasswordIsGivenOnce() {
        assertThat(takesUp(Source.OUT, PASSWORD_PROMPT, false)).isTrue();
        assertThat(takesUp(Source.OUT, PASSWORD_PROMPT, false)).isFalse();
        assertThat(written).containsExactly("c4n-ary");
    }

    @Test
    void thePasswordIsGivenToNothingElse() {
        assertThat(takesUp(Source.ERR, PASSWORD_PROMPT, false)).isFalse();
        assertThat(takesUp(Source.OUT, PASSWORD_PROMPT, true)).isFalse();
        assertThat(takesUp(Source.OUT, "Enter account password for \"v\": ", false)).isFalse();
        assertThat(takesUp(Source.OUT, PASSWORD_PROMPT + "x", false)).isFalse();
        assertThat(dialog(Optional.empty()).takesUp(Source.OUT, PASSWORD_PROMPT, false, 0)).isFalse();
        assertThat(written).isEmpty();
    }

    @Test
    void aCodeIsAskedForOnlyOnStandardError() {
        assertThat(takesUp(Source.OUT, CODE_PROMPT, true)).isFalse();
        assertThat(takesUp(Source.ERR, CODE_PROMPT, true)).isTrue();
        assertThat(dialog.waiting()).isTrue();
    }

    @Test
    void anAnswerIsOneLine() {
        witness.answer = prompt -> Optional.of(" AAAAA\nevil\n");
        takesUp(Source.ERR, CODE_PROMPT, true);
        assertThat(dialog.turn(clock.getAsLong())).isEmpty();
        assertThat(written).containsExactly("AAAAAevil");
        assertThat(dialog.waiting()).isFalse();
    }

    @Test
    void aPersonIsAskedAgainUntilTheTimeIsOver() {
        takesUp(Source.ERR, CODE_PROMPT, true);
        for (int i = 0; i < 20; i++) {
            assertThat(dialog.turn(clock.getAsLong())).isEmpty();
            clock.pass(Duration.ofSeconds(1));
        }
        assertThat(witness.prompts).containsExactly(new Prompt(Prompt.Kind.AUTHENTICATOR_CODE, "", 1));
        clock.pass(Duration.ofSeconds(41));
        assertThat(dialog.turn(clock.getAsLong())).map(Failure::reason).contains(Reason.GUARD_CODE_NEEDED);
    }

    @Test
    void theSecondWrongCodeEndsTheRun() {
        dialog.wrongCode();
        assertThat(dialog.turn(clock.getAsLong())).isEmpty();
        dialog.wrongCode();
        assertThat(dialog.turn(clock.getAsLong())).map(Failure::reason).contains(Reason.GUARD_CODE_WRONG);
    }

    @Test
    void nothingIsTypedForAnApproval() {
        witness.answer = prompt -> Optional.of("12345");
        dialog.mobileApproval(clock.getAsLong());
        assertThat(dialog.turn(clock.getAsLong())).isEmpty();
        assertThat(written).isEmpty();
        dialog.settle();
        assertThat(dialog.waiting()).isFalse();
    }

    private boolean takesUp(Source source, String text, boolean connecting) {
        return dialog.takesUp(source, text, connecting, clock.getAsLong());
    }

    private Dialog dialog(Optional<Login> login) {
        return new Dialog(login, witness, Duration.ofSeconds(60), written::add);
    }
}
