package org.wallwhale.steam;

import java.util.UUID;
import org.wallwhale.Beans;
import org.wallwhale.access.Caller;
import org.wallwhale.access.Callers;
import org.wallwhale.secret.Secret;

/** Steam accounts for other rooms' tests: the sandbox program's, whose passwords are public. */
public final class SteamAccounts {
    private SteamAccounts() {
    }

    /** One of the sandbox's account {@code good}; of everybody where {@code owner} is null. */
    public static UUID add(Beans beans, String alias, UUID owner) {
        return add(beans, alias, "good", "pw-good", owner);
    }

    public static UUID add(Beans beans, String alias, String loginName, String password, UUID owner) {
        return beans.get(AccountService.class).create(new AccountWish(alias, loginName, Secret.of(password), null, null, owner, null),
                Callers.of(beans.addUser(), "admin:write")).id();
    }

    /** Answers Steam Guard for a test login. */
    public static void answer(Beans beans, UUID account, String code, Caller caller) {
        beans.get(AccountService.class).answer(account, Secret.of(code), caller);
    }

    /** The seat of an account whose codes the server computes. */
    public static Seat withSharedSecret(Beans beans) {
        AccountView made = beans.get(AccountService.class).create(new AccountWish("shared", "good", Secret.of("pw-good"), null, null, null,
                Secret.of("MTIzNDU2Nzg5MDEyMzQ1Njc4OTA=")), Callers.of(beans.addUser(), "admin:write"));
        return new Seat(made.id(), made.alias());
    }

    /** As the server does after the commit of an answer. */
    public static void ring(Beans beans, UUID subject) {
        beans.get(GuardBell.class).tell(new PromptAnswered(subject));
    }
}
