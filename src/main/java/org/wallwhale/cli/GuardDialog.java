package org.wallwhale.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Hands what Steam Guard asks on to the person at the terminal, each question once. */
final class GuardDialog {
    private final ServerClient server;
    private final Terminal terminal;
    private final Set<String> asked = new HashSet<>();

    GuardDialog(ServerClient server, Terminal terminal) {
        this.server = server;
        this.terminal = terminal;
    }

    /** True when {@code prompt} is one that was not dealt with yet: then {@link #answer} will print, and may wait for a person. */
    boolean isNew(JsonNode prompt) {
        return prompt.isObject() && !asked.contains(prompt.toString());
    }

    /** {@code address} is that of the download or the account that is asked. */
    void answer(JsonNode prompt, String name, String address) {
        asked.add(prompt.toString());
        String wanted = switch (prompt.path("kind").asText()) {
            case "mobile_approval" -> "to approve the login in the Steam mobile app";
            case "email_code" -> "for the code that it has sent to " + prompt.path("hint").asText("your mail address");
            default -> "for the code of your authenticator";
        };
        String sentence = name + ": Steam Guard asks " + wanted + (prompt.path("attempt").asInt() > 1 ? ", once more" : "");
        if (prompt.path("kind").asText().equals("mobile_approval")) {
            terminal.note(sentence + ".");
        } else if (!terminal.canAskSecret()) {
            terminal.note(sentence + ", until " + prompt.path("until").asText() + ": enter it on the page, or run this at a terminal.");
        } else {
            send(address, terminal.askSecret(sentence, "Enter the code.").reveal().strip());
        }
    }

    private void send(String address, String code) {
        try {
            server.post(address + "/steam-guard", Map.of("code", code));
        } catch (RefusedException e) {
            // it may be answered elsewhere, or its time be over; what follows tells
            terminal.note(e.getMessage());
        }
    }
}
