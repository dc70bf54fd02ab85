package org.wallwhale.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wallwhale.Beans;
import org.wallwhale.access.Callers;
import org.wallwhale.database.TestDatabase;
import org.wallwhale.engine.FetchPhase;
import org.wallwhale.engine.Prompt;
import org.wallwhale.secret.Secret;
import org.wallwhale.steam.GuardBell;
import org.wallwhale.steam.GuardCodes;
import org.wallwhale.steam.PromptService;
import org.wallwhale.steam.SeatService;
import org.wallwhale.steam.SteamAccounts;

/** The answers of Steam Guard, from the shared secret and from people. */
class GuardDialogTest {
    private static final Prompt AUTHENTICATOR = new Prompt(Prompt.Kind.AUTHENTICATOR_CODE, "", 1);
    private static final Prompt MAIL = new Prompt(Prompt.Kind.EMAIL_CODE, "j***@e***.com", 1);
    private final UUID subject = UUID.randomUUID();
    @TempDir
    private Path data;
    private Beans beans;
    private Instant now = Instant.parse("2026-01-31T12:00:00Z");

    @BeforeEach
    void open() {
        beans = new Beans(TestDatabase.h2(), Map.of("wallwhale.data-dir", data.toString()));
    }

    @AfterEach
    void close() {
        beans.close();
    }

    @Test
    void aSharedSecretAnswersAtOnceAndWithTheNextCodeAfterAWrongOne() {
        GuardCodes codes = beans.get(SeatService.class).credentials(SteamAccounts.withSharedSecret(beans)).codes().orElseThrow();
        try (GuardDialog dialog = dialog(1, Optional.of(codes))) {
            assertThat(dialog.answer(AUTHENTICATOR)).contains(codes.at(now));
            Prompt again = new Prompt(Prompt.Kind.AUTHENTICATOR_CODE, "", 2);
            assertThat(dialog.answer(again)).as("the same half minute").isEmpty();
            now = now.plusSeconds(30);
            assertThat(dialog.answer(again)).contains(codes.at(now));
            assertThat(open(AUTHENTICATOR)).as("nobody is asked").isFalse();
            assertThat(dialog.answer(MAIL)).as("it knows no code of a mail").isEmpty();
            assertThat(open(MAIL)).isTrue();
        }
    }

    @Test
    void anAnswerIsHeardWhenTheBellRingsAndIsGoodForItsQuestionAlone() {
        PromptService prompts = beans.get(PromptService.class);
        GuardDialog dialog = dialog(1, Optional.empty());
        assertThat(dialog.answer(AUTHENTICATOR)).isEmpty();
        prompts.answer(subject, "downloads/x", Secret.of("F7K2M"), Callers.of(beans.addUser(), "download:write"));
        SteamAccounts.ring(beans, subject);
        assertThat(dialog.answer(AUTHENTICATOR)).contains("F7K2M");
        assertThat(open(AUTHENTICATOR)).as("deleted on use").isFalse();
        dialog.answer(MAIL);
        prompts.answer(subject, "downloads/x", Secret.of("AAAAA"), Callers.of(beans.addUser(), "download:write"));
        GuardDialog newer = dialog(2, Optional.empty());
        newer.answer(MAIL);
        SteamAccounts.ring(beans, subject);
        assertThat(newer.answer(MAIL)).as("it was for the run before").isEmpty();
        dialog.close();
        assertThat(open(MAIL)).as("the older run takes back nothing of the newer one's").isTrue();
        newer.phase(FetchPhase.NEEDS_INPUT);
        assertThat(open(MAIL)).isTrue();
        newer.phase(FetchPhase.LOGIN);
        assertThat(open(MAIL)).isFalse();
    }

    private boolean open(Prompt prompt) {
        return Optional.ofNullable(beans.get(PromptService.class).open(List.of(subject)).get(subject))
                .filter(shown -> shown.kind().name().equals(prompt.kind().name())).isPresent();
    }

    private GuardDialog dialog(long fence, Optional<GuardCodes> codes) {
        return new GuardDialog(new GuardDialog.Subject(subject, fence, null), beans.get(PromptService.class), beans.get(GuardBell.class), codes,
                Duration.ofMinutes(5), () -> now);
    }
}
