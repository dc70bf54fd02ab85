package org.wallwhale.cli;

import org.wallwhale.config.Settings;
import org.wallwhale.engine.Login;
import org.wallwhale.secret.Secret;

/**
 * The Steam account that a person named on the command line. Its password comes from a file, from {@code WALLWHALE_STEAM_PASSWORD}, or is
 * asked, once and only when it is needed.
 */
final class SteamLogin {
    private static final String CURE = "Set WALLWHALE_STEAM_PASSWORD, or name a file with --password-file.";
    private final String username;
    private final Terminal terminal;
    private Secret password;

    /** A password that is neither given nor can be asked is a {@link CommandFailure} at once, not in the middle of a list. */
    SteamLogin(String username, PasswordSource source, Settings settings, Terminal terminal) {
        if (!username.matches("[A-Za-z0-9_][A-Za-z0-9_.@+-]{0,63}")) {
            throw new CommandFailure(CommandFailure.USAGE, "--account must be the login name of a Steam account, not its nickname: up to 64 "
                    + "letters, digits and _ . @ + -.");
        }
        this.username = username;
        this.terminal = terminal;
        password = source.givenOfSteam(settings).map(SteamLogin::checked).orElse(null);
        if (password == null) {
            terminal.requireQuestions("the password of the Steam account " + username, CURE);
        }
    }

    String username() {
        return username;
    }

    Login login() {
        if (password == null) {
            password = checked(terminal.askSecret("Password of the Steam account " + username, CURE));
        }
        return new Login(username, password);
    }

    private static Secret checked(Secret password) {
        if (!password.reveal().matches("[^\\p{Cntrl}]+")) {
            throw new CommandFailure(CommandFailure.USAGE, "The password is empty, or holds a control character such as a line break in its "
                    + "middle: correct it.");
        }
        return password;
    }
}
