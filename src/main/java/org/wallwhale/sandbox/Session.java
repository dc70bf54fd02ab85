package org.wallwhale.sandbox;

import java.nio.charset.StandardCharsets;

/** The login: says what DepotDownloader says from the first connection to the licences, and refuses as Steam does. */
final class Session {
    private static final int TRIES = 10;

    private final Stage stage;
    private final Console console;
    private final Options options;
    private final AccountStore store;
    private final String user;

    Session(Stage stage, AccountStore store) {
        this.stage = stage;
        this.console = stage.console();
        this.options = stage.options();
        this.store = store;
        this.user = options.user() != null || !isAccountLogin() ? options.user() : Account.SANDBOX.label();
    }

    void login() {
        if (options.qr()) {
            loginByCode();
        } else if (user == null) {
            console.line("No username given. Using anonymous account with dedicated server subscription.");
            connect();
            enterAnonymously();
        } else {
            boolean stored = hasToken();
            String password = stored ? null : password();
            connect();
            console.line("Logging '", user, "' into Steam3...");
            if (password == null && !stored) {
                throw new Unhandled("System.ArgumentException",
                        "LogOn requires a username and password or access token to be set in 'details'.");
            }
            authenticate(password);
            greet();
        }
    }

    /** The session of a run that lost its connection in the middle. */
    void reconnect() {
        console.line("Lost connection to Steam. Reconnecting");
        Pause.milliseconds(200);
        console.line(" Done!");
        if (isAnonymous()) {
            enterAnonymously();
        } else {
            console.line("Logging '", user == null ? Account.SANDBOX.label() : user, "' into Steam3...");
            greet();
        }
    }

    boolean isAnonymous() {
        return user == null && !options.qr();
    }

    boolean ownsTheApp() {
        return Account.called(String.valueOf(user)) != Account.POOR;
    }

    /** A scenario about the account needs one, even if the caller named none. */
    private boolean isAccountLogin() {
        return stage.script().scenario().needsAccount() && !options.qr();
    }

    private boolean hasToken() {
        if (stage.plays(Scenario.TOKEN_EXPIRED)) {
            return true;
        }
        boolean stored = store.knows(user);
        if (stored && !options.remember()) {
            console.line("Account \"", user, "\" has stored credentials. Did you forget to specify -remember-password?");
        }
        return stored && options.remember();
    }

    private String password() {
        if (options.user() == null) {
            return Account.SANDBOX.label();
        }
        String password = options.password();
        while (password == null || password.isEmpty()) {
            console.out("Enter account password for \"", user, "\": ");
            byte[] line = console.readLine();
            console.line();
            if (line == null) {
                return null;
            }
            stage.journal().stdin(line);
            password = new String(line, StandardCharsets.UTF_8);
        }
        if (password.length() > 64) {
            console.errLine("Warning: the password is longer than the 64 characters that Steam supports.");
        }
        if (password.length() != password.getBytes(StandardCharsets.UTF_8).length) {
            console.errLine("Warning: the password has characters outside ASCII, which Steam does not support.");
        }
        return password;
    }

    private void connect() {
        console.out("Connecting to Steam3...");
        if (stage.plays(Scenario.STALL_LOGIN)) {
            Pause.forever();
        }
        if (stage.plays(Scenario.NO_STEAM)) {
            giveUpOnSteam();
        }
        console.line(" Done!");
    }

    private void giveUpOnSteam() {
        long delay = stage.script().number("delay_ms", 300);
        for (int attempt = 1; attempt <= TRIES; attempt++) {
            Pause.milliseconds(delay);
            console.line("Connection to Steam failed. Trying again (#", attempt, ")...");
        }
        console.line("Could not connect to Steam after ", TRIES, " tries");
        throw notLoggedIn();
    }

    private void enterAnonymously() {
        console.out("Logging anonymously into Steam3...");
        console.line(" Done!");
        suggestCell();
    }

    /** @param password null when a stored token opens the account */
    private void authenticate(String password) {
        switch (stage.script().scenario()) {
            case WRONG_PASSWORD -> throw refused("Authentication failed with result InvalidPassword.");
            case RATE_LIMITED -> throw refused("Authentication failed with result RateLimitExceeded.");
            case TOKEN_EXPIRED -> {
                store.forget(user);
                console.line("Access token was rejected (Expired).");
                throw end();
            }
            default -> { }
        }
        if (password != null) {
            checkPassword(password);
        }
        String refusal = new Guard(stage).refusal(guardKind(password == null), options.noMobile());
        if (refusal != null) {
            throw refused(refusal);
        }
        if (password != null) {
            store.remember(user);
        }
    }

    private void checkPassword(String password) {
        Account account = Account.called(user);
        if (account == null && isAccountLogin()) {
            return;
        }
        if (account == Account.LIMITED) {
            throw refused("Authentication failed with result RateLimitExceeded.");
        }
        if (account == null || !account.opensWith(password)) {
            throw refused("Authentication failed with result InvalidPassword.");
        }
    }

    private Guard.Kind guardKind(boolean byToken) {
        return switch (stage.script().scenario()) {
            case GUARD_TOTP -> Guard.Kind.TOTP;
            case GUARD_MAIL -> Guard.Kind.MAIL;
            case GUARD_MOBILE -> Guard.Kind.MOBILE;
            default -> byToken || Account.called(user) == null ? Guard.Kind.NONE : Account.called(user).guard;
        };
    }

    private void loginByCode() {
        connect();
        console.line("Logging in with QR code...");
        console.line("Use the Steam Mobile App to sign in with this QR code:");
        QrCode.draw(console, 1);
        Pause.milliseconds(1000);
        console.line();
        console.line("The QR code has changed:");
        QrCode.draw(console, 2);
        Pause.milliseconds(1000);
        greet();
        store.remember(Account.SANDBOX.label());
        console.line("Success! Next time you can login with -username ", Account.SANDBOX.label(),
                " -remember-password instead of -qr.");
    }

    private void greet() {
        console.line(" Done!");
        suggestCell();
        console.line("Got ", stage.script().number("licenses", 128), " licenses for account!");
    }

    private void suggestCell() {
        if (options.cell() <= 0) {
            console.line("Using Steam3 suggested CellID: ", stage.script().number("cell", 52));
        }
    }

    private Exit refused(String reason) {
        console.errLine("Failed to authenticate with Steam: ", reason);
        return end();
    }

    private Exit end() {
        console.line("Disconnected from Steam");
        return notLoggedIn();
    }

    private Exit notLoggedIn() {
        console.line("Unable to get steam3 credentials.");
        console.line("Error: InitializeSteam failed");
        return new Exit(1);
    }
}
