package org.wallwhale.sandbox;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;

/** Steam Guard: asks on stderr without a line end, reads stdin, or waits for the approval of a telephone that is a file. */
final class Guard {
    enum Kind { NONE, TOTP, MAIL, MOBILE }

    private static final String MAIL_PROMPT = "STEAM GUARD! Please enter the auth code sent to the email at j***@e***.com: ";
    private static final String TOTP_PROMPT = "STEAM GUARD! Please enter your 2-factor auth code from your authenticator app: ";

    private static final String NO_OTHER_WAY = "AcceptDeviceConfirmation returned false which indicates a fallback to another "
            + "confirmation type, but there are no other confirmation types available.";

    private final Stage stage;
    private final Console console;

    Guard(Stage stage) {
        this.stage = stage;
        this.console = stage.console();
    }

    /** Asks for what that kind wants until it is right; the answer is null, or the reason why Steam refuses the login. */
    String refusal(Kind kind, boolean noMobile) {
        return switch (kind) {
            case NONE -> null;
            case TOTP -> askUntil("AAAAA", TOTP_PROMPT);
            case MAIL -> askUntil("BBBBB", MAIL_PROMPT);
            case MOBILE -> noMobile
                    ? NO_OTHER_WAY
                    : awaitTelephone();
        };
    }

    private String askUntil(String code, String prompt) {
        while (true) {
            console.err(prompt);
            byte[] line = console.readLine();
            if (line == null) {
                return "No code was provided by the authenticator.";
            }
            stage.journal().stdin(line);
            String answer = new String(line, StandardCharsets.UTF_8).trim();
            if (answer.equalsIgnoreCase(code)) {
                return null;
            }
            if (!answer.isEmpty()) {
                console.errLine("The previous 2-factor auth code you have provided is incorrect.");
            }
        }
    }

    /** The account mobile approves by itself; in the scenario only the file {@code approve} in HOME does. */
    private String awaitTelephone() {
        console.errLine("STEAM GUARD! Use the Steam Mobile App to confirm your sign in...");
        boolean scripted = stage.plays(Scenario.GUARD_MOBILE);
        long wait = scripted ? stage.script().number("timeout", 60) * 1000 : 2000;
        for (long waited = 0; waited < wait; waited += 50) {
            if (stage.script().isSet("approve") || stage.home() != null && Files.exists(stage.home().resolve("approve"))) {
                return null;
            }
            Pause.milliseconds(50);
        }
        return scripted ? "Failed to poll status with result Expired." : null;
    }
}
