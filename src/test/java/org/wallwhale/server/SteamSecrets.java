package org.wallwhale.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** A Steam account's marked secrets, and all that is done with them: told, mistold, typed into the tool's input, asked for by it. */
final class SteamSecrets {
    /** Only this name is in the child's arguments. */
    static final String LOGIN_NAME = "marked_miner";
    private static final String ACCOUNTS = "/api/v1/admin/steam-users";
    private static final String PASSWORD = "a Steam pass/word of + \"marks\"?";
    private static final String SHARED = "twenty marked bytes!";
    private static final String SHARED_TEXT = Base64.getEncoder().encodeToString(SHARED.getBytes(StandardCharsets.US_ASCII));
    private static final String WRONG_CODE = "K7WQ9XJ2MPTR4VZC";
    private static final String RIGHT_CODE = "BBBBB";
    /** The sandbox's items that ask for a code by mail, and for the authenticator's, of any account with any password. */
    private static final String ASKS_BY_MAIL = "4730000011";
    private static final String ASKS_AUTHENTICATOR = "4730000010";
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final ObjectMapper JSON = new ObjectMapper();
    private final Canary canary;
    private final Asker asker;
    private final Runnable look;

    /** Asks the server as an administrator and has the canary look at the answer. {@code body} may be null. */
    interface Asker {
        String ask(String method, String address, String body);
    }

    /** {@code look} is called again and again while the tool runs. */
    SteamSecrets(Canary canary, Asker asker, Runnable look) {
        this.canary = canary;
        this.asker = asker;
        this.look = look;
        canary.mark("the Steam account's password", PASSWORD);
        canary.mark("its shared secret", SHARED);
        canary.mark("its shared secret as it is told", SHARED_TEXT);
        canary.mark("a wrong code of Steam Guard", WRONG_CODE);
        canary.mark("the right code of Steam Guard", RIGHT_CODE);
    }

    /** {@code data} is the server's data folder. */
    void use(Path data) throws IOException {
        String account = ACCOUNTS + "/" + tell();
        answerByPeople();
        letTheServerAnswer(data);
        asker.ask("PATCH", account, "{\"password\":\"" + quoted(PASSWORD) + "\",\"sharedSecret\":\"\"}");
        asker.ask("PATCH", account, "{\"sharedSecret\":\"" + SHARED_TEXT + "\"}");
        asker.ask("POST", "/api/v1/admin/secrets/rotate", null);
        asker.ask("GET", ACCOUNTS, null);
    }

    private String tell() throws IOException {
        String good = "{\"alias\":\"marked\",\"loginName\":\"" + LOGIN_NAME + "\",\"password\":\"" + quoted(PASSWORD) + "\",\"sharedSecret\":\""
                + SHARED_TEXT + "\"}";
        for (String bad : List.of(good + "x", "[" + good + "]", good.replace("password", "pasword"), good.replace("alias", "sharedSecret"),
                good.replace(LOGIN_NAME, "-" + quoted(PASSWORD)), good.replace(SHARED_TEXT, SHARED_TEXT + "=x"), good.replace("marked\"", SHARED + "\""),
                good.replace("{", "{\"status\":\"" + quoted(PASSWORD) + "\","), good.replace(quoted(PASSWORD), quoted(PASSWORD) + "\\n"),
                good.replace(quoted(PASSWORD), quoted(PASSWORD).repeat(20)))) {
            asker.ask("POST", ACCOUNTS, bad);
        }
        return JSON.readTree(asker.ask("POST", ACCOUNTS, good)).path("id").textValue();
    }

    private void answerByPeople() throws IOException {
        String download = submit(ASKS_BY_MAIL);
        String answers = download + "/steam-guard";
        await(download, state -> state.at("/needsInput/attempt").intValue() == 1);
        for (String bad : List.of("\"" + WRONG_CODE + "\"", "{\"code\":[\"" + WRONG_CODE + "\"]}", "{\"cod\":\"" + WRONG_CODE + "\"}",
                "{\"code\":\"" + WRONG_CODE + " " + WRONG_CODE + "\"}")) {
            asker.ask("POST", answers, bad);
        }
        asker.ask("POST", answers, "{\"code\":\"" + WRONG_CODE + "\"}");
        await(download, state -> state.at("/needsInput/attempt").intValue() == 2);
        asker.ask("POST", answers, "{\"code\":\"" + RIGHT_CODE + "\"}");
        await(download, state -> state.path("status").asText().equals("success"));
        asker.ask("POST", answers, "{\"code\":\"" + WRONG_CODE + "\"}");
        asker.ask("GET", download + "/logs", null);
    }

    /** With a code that the shared secret gives, which the sandbox does not know. */
    private void letTheServerAnswer(Path data) throws IOException {
        long before = typed(data);
        assertThat(before).as("lines that were typed: the password and two codes").isEqualTo(3);
        String download = submit(ASKS_AUTHENTICATOR);
        Wait.until("the server answers by itself", PATIENCE, () -> {
            look.run();
            return typed(data) > before;
        });
        asker.ask("POST", download + "/cancel", null);
        await(download, state -> state.path("status").asText().equals("canceled"));
        asker.ask("GET", download + "/logs", null);
    }

    /** Lines that the account's children read, by the sandbox's own journal. */
    private static long typed(Path data) throws IOException {
        try (Stream<Path> homes = Files.list(data.resolve("homes"))) {
            Path home = homes.filter(path -> path.getFileName().toString().startsWith("account-")).findFirst().orElseThrow();
            return Files.readAllLines(home.resolve("sandbox-journal.jsonl")).stream().filter(line -> line.contains("\"event\":\"stdin\"")).count();
        }
    }

    private String submit(String item) throws IOException {
        return "/api/v1/downloads/" + JSON.readTree(asker.ask("POST", "/api/v1/downloads",
                "{\"urlOrId\":\"" + item + "\",\"accountName\":\"marked\"}")).path("id").textValue();
    }

    private void await(String download, Predicate<JsonNode> wanted) {
        Wait.until("the download " + download + " is as wanted", PATIENCE, () -> {
            look.run();
            return wanted.test(JSON.readTree(asker.ask("GET", download, null)));
        });
    }

    private static String quoted(String text) {
        return text.replace("\"", "\\\"");
    }
}
