package org.wallwhale.cli;

import java.util.Map;
import java.util.concurrent.Callable;
import org.wallwhale.config.LocalSettings;
import org.wallwhale.config.Settings;
import org.wallwhale.secret.Secret;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Takes back what {@code login} did. */
@Command(name = "logout", mixinStandardHelpOptions = true, description = {"Ends the session that `login` began, or revokes the key that it "
    + "made, and removes the file that holds it.", "", "A key that was entered with `login --key` stays valid."},
        footerHeading = ServerCommand.EXAMPLES, footer = "  wallwhale logout")
final class Logout implements Callable<Integer> {
    @Mixin
    private Terminal terminal;

    @Override
    public Integer call() {
        Settings settings = LocalSettings.read();
        LoginFile file = LoginFile.of(settings);
        SavedLogin login = file.locked(() -> taken(file));
        CommandFailure left = end(login, settings);
        if (left != null) {
            throw new CommandFailure(left.exitCode(), "The file " + file.path() + " is removed, but " + login.url() + " could not take back "
                    + "what it held (" + left.getMessage() + ") " + (login.isSession() ? "The session ends by itself after 14 days."
                    : "An administrator revokes the key with `wallwhale key revoke " + login.keyId() + "`."));
        }
        boolean kept = !login.isSession() && login.keyId() == null;
        terminal.say("You are logged out of " + login.url() + (kept ? "; the key that you had entered is still valid." : "."));
        terminal.value(Map.of("url", login.url(), "revoked", !kept));
        return 0;
    }

    /** No other command renews it meanwhile. */
    private static SavedLogin taken(LoginFile file) {
        SavedLogin login = file.read().orElseThrow(() -> new CommandFailure(CommandFailure.FAILED, "You are not logged in: there is no file "
                + file.path() + "."));
        file.remove();
        return login;
    }

    /** Null when nothing of it is valid any longer, or it was not for us to end. */
    static CommandFailure end(SavedLogin login, Settings settings) {
        try {
            ServerClient server = ServerClient.at(login.url(), settings);
            if (login.isSession()) {
                server.post("/api/v1/auth/logout", Map.of("refreshToken", login.refreshToken()));
            } else if (login.keyId() != null) {
                server.withKey(Secret.of(login.apiKey())).delete("/api/v1/admin/api-keys/" + login.keyId());
            }
            return null;
        } catch (RefusedException e) {
            return e.status() == 401 ? null : e;
        } catch (CommandFailure e) {
            return e;
        }
    }
}
