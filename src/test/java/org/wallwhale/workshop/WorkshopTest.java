package org.wallwhale.workshop;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.wallwhale.config.Settings;

/** Asks a Steam Web API on this machine, with a clock that the tests set. */
class WorkshopTest {
    private final SteamWebServer steam = new SteamWebServer();
    private final AtomicLong clock = new AtomicLong();
    private final Workshop workshop = workshop(Duration.ofSeconds(20));

    @AfterEach
    void close() {
        steam.close();
    }

    @Test
    void anItemOfADepotIsDescribed() {
        steam.item("7").put("consumer_app_id", "294100").put("file_size", "5000000000").put("hcontent_file", "18446744073709551613")
                .put("title", "  A\u202Ebad\n\u0000title ").put("preview_url", "https://images.steamusercontent.com/ugc/1/a/").put("file_url", "");
        assertThat(workshop.find("7")).contains(new ItemDetails("7", 294100, "A bad title",
                Optional.of("https://images.steamusercontent.com/ugc/1/a/"), 5_000_000_000L, Optional.of("18446744073709551613"),
                Optional.empty(), Instant.ofEpochSecond(1_700_000_000), List.of()));
        assertThat(details("7").version()).contains("18446744073709551613");
    }

    @Test
    void anOldItemIsAWebFileWhoseVersionIsItsUpdate() {
        steam.item("8").put("file_url", "https://x.steamusercontent.com/ugc/1/").put("filename", "maps/a.vpk").put("hcontent_file", "77");
        assertThat(details("8").webFile()).contains(new WebFile("https://x.steamusercontent.com/ugc/1/", "maps/a.vpk"));
        assertThat(details("8").version()).contains("1700000000");
        assertThat(details("8").manifestId()).isEmpty();
    }

    @Test
    void aCollectionHoldsItsChildrenInTheirOrderAndIsNoWebFile() {
        steam.collection("9", "3", "1", "3", "2");
        assertThat(details("9").isCollection()).isTrue();
        assertThat(details("9").children()).containsExactly("3", "1", "2");
        assertThat(details("9").webFile()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"9, NOT_FOUND", "15, PRIVATE", "8, PRIVATE", "42, NOT_FOUND"})
    void whatThePublicMayNotSeeIsMissing(int result, MissingItem.Why why) {
        steam.missing("5", result);
        assertThat(workshop.find("5")).contains(new MissingItem("5", why));
    }

    @Test
    void whatIsBannedOrForFriendsIsMissing() {
        steam.item("1").put("banned", true);
        steam.item("2").put("visibility", "2");
        assertThat(workshop.find("1")).contains(new MissingItem("1", MissingItem.Why.BANNED));
        assertThat(workshop.find("2")).contains(new MissingItem("2", MissingItem.Why.PRIVATE));
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://images.steamusercontent.com/a", "https://steamusercontent.com.evil.example/a", "https://evil.example/",
        "https://u@images.steamusercontent.com/a", "https://images.steamusercontent.com:444/a", "javascript:alert(1)",
        "https://images.steamusercontent.com/a\"b", "https://other-a.akamaihd.net/"})
    void aPreviewThatIsNotOneOfSteamsImagesIsNone(String address) {
        assertThat(ItemAnswers.preview(address)).isEmpty();
    }

    @Test
    void aLongTitleIsCutBetweenCharacters() {
        assertThat(ItemAnswers.cleaned("\uD83D\uDC0B".repeat(201))).isEqualTo("\uD83D\uDC0B".repeat(199) + "…");
        assertThat(ItemAnswers.cleaned("half \uD83D")).isEqualTo("half");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "no json", "[]", "{\"response\": 7}", "{\"response\": {\"publishedfiledetails\": {\"a\": 1}}}",
        "{\"response\": {\"publishedfiledetails\": [null, 1, \"x\", [], {}, {\"publishedfileid\": {\"a\": 1}}, {\"publishedfileid\": \"../6\"}]}}",
        "{\"response\": {\"publishedfiledetails\": [{\"publishedfileid\": \"6\", \"result\": 1E+2147483647, \"x\": 1"})
    void anAnswerOfNoUseSaysNothing(String answer) {
        steam.answerWith(answer.getBytes(StandardCharsets.UTF_8));
        assertThat(workshop.find("6")).isEmpty();
    }

    @Test
    void anAnswerThatIsTooDeepOrTooLargeSaysNothing() {
        steam.answerWith(("{\"response\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}").getBytes(StandardCharsets.UTF_8));
        assertThat(workshop.find("6")).isEmpty();
        steam.answerWith(new byte[5 << 20]);
        assertThat(workshop.find("6")).isEmpty();
    }

    @Test
    void nothingIsRememberedThatWasNotAskedFor() {
        steam.answerWith("""
                {"response": {"publishedfiledetails": [{"publishedfileid": "1", "result": 9}, {"publishedfileid": "2", "result": 9}]}}"""
                .getBytes(StandardCharsets.UTF_8));
        assertThat(workshop.find(List.of("1"))).containsOnlyKeys("1");
        steam.answerWith(null);
        steam.item("2");
        assertThat(workshop.find("2")).containsInstanceOf(ItemDetails.class);
    }

    @Test
    void anAnswerIsRememberedForTenMinutesAndThatThereIsNoneForOne() {
        steam.item("1");
        workshop.find(List.of("1", "2"));
        later(Duration.ofSeconds(59));
        workshop.find(List.of("1", "2"));
        assertThat(questions()).hasSize(1);
        later(Duration.ofSeconds(2));
        workshop.find(List.of("1", "2"));
        assertThat(questions()).last().isEqualTo(List.of("2"));
        later(Duration.ofMinutes(10));
        workshop.find("1");
        assertThat(questions()).last().isEqualTo(List.of("1"));
        workshop.forget("1");
        workshop.find("1");
        assertThat(questions()).hasSize(4);
    }

    @Test
    void hundredIdsAreAskedForAtOnceByPost() {
        List<String> ids = IntStream.rangeClosed(1, 250).mapToObj(String::valueOf).toList();
        assertThat(workshop.find(ids)).hasSize(250);
        assertThat(questions()).extracting(List::size).containsExactly(100, 100, 50);
        assertThat(steam.questions()).extracting(SteamWebServer.Question::method)
                .containsOnly("POST GetPublishedFileDetails", "POST GetCollectionDetails");
    }

    @Test
    void oneIdIsAskedForOnceHoweverManyWantIt() {
        steam.item("1");
        CountDownLatch gate = steam.holdBack();
        List<CompletableFuture<Optional<Item>>> answers = IntStream.range(0, 8)
                .mapToObj(n -> CompletableFuture.supplyAsync(() -> workshop.find("1"), command -> new Thread(command).start())).toList();
        while (steam.questions().size() < 2) {
            Thread.onSpinWait();
        }
        gate.countDown();
        assertThat(answers).allSatisfy(answer -> assertThat(answer.join()).isPresent());
        assertThat(questions()).hasSize(1);
    }

    @Test
    void whatDoesNotAnswerInTimeSaysNothing() {
        steam.holdBack();
        assertThat(workshop(Duration.ofMillis(200)).find("1")).isEmpty();
    }

    @Test
    void whoIsNotThereSaysNothing() {
        steam.close();
        assertThat(workshop.find("1")).isEmpty();
    }

    @Test
    void whySteamSaysNothingIsToldInWordsAndWhatToDo() {
        List<String> said = new CopyOnWriteArrayList<>();
        Handler reader = new Handler() {
            @Override
            public void publish(LogRecord line) {
                said.add(line.getMessage());
            }

            @Override
            public void flush() {
                // nothing is held back
            }

            @Override
            public void close() {
                // nothing is open
            }
        };
        Logger log = Logger.getLogger(Workshop.class.getName());
        log.addHandler(reader);
        try {
            CountDownLatch gate = steam.holdBack();
            workshop(Duration.ofMillis(200)).find("1");
            gate.countDown();
            steam.answerWith("no JSON".getBytes(StandardCharsets.UTF_8));
            workshop(Duration.ofSeconds(20)).find("1");
            steam.refuse(500, null);
            workshop(Duration.ofSeconds(20)).find("1");
            steam.close();
            workshop(Duration.ofSeconds(20)).find("1");
        } finally {
            log.removeHandler(reader);
        }
        assertThat(said).extracting(line -> line.replaceFirst("Steam's Web API says nothing of items: (.*?)\\. Downloads go on without details; "
                + "if it stays so, look at this machine's way to [a-z0-9.]+\\.", "$1")).containsExactly("it does not answer in time",
                "it answers something else than it should", "it answered with status 500", "it cannot be reached");
    }

    @ParameterizedTest
    @CsvSource({"429, ''", "503, ''", "429, 5"})
    void afterARefusalNothingIsAskedForAWhileThatGrows(int status, String retryAfter) {
        steam.refuse(status, retryAfter);
        assertThat(workshop.find("1")).isEmpty();
        later(Duration.ofSeconds(9));
        assertThat(workshop.find("1")).isEmpty();
        assertThat(questions()).hasSize(1);
        later(Duration.ofSeconds(32));
        workshop.find("1");
        later(Duration.ofSeconds(19));
        workshop.find("1");
        assertThat(questions()).hasSize(2);
        steam.refuse(200, null);
        steam.item("1");
        later(Duration.ofMinutes(11));
        assertThat(workshop.find("1")).isPresent();
    }

    @Test
    void asLongAsSteamDemandsNothingIsAsked() {
        steam.refuse(429, "120");
        workshop.find("1");
        later(Duration.ofSeconds(119));
        workshop.find("1");
        assertThat(questions()).hasSize(1);
        later(Duration.ofSeconds(2));
        workshop.find("1");
        assertThat(questions()).hasSize(2);
    }

    @Test
    void whoLooksUpTooMuchSilencesNoRunAndNoRunSilencesPeople() {
        steam.refuse(429, null);
        assertThat(workshop.lookUp(List.of("1"))).isEmpty();
        steam.refuse(200, null);
        steam.item("1");
        assertThat(workshop.find("1")).isPresent();
        steam.refuse(429, null);
        assertThat(workshop.find("2")).isEmpty();
        later(Duration.ofSeconds(11));
        steam.refuse(200, null);
        assertThat(workshop.lookUp(List.of("2"))).hasSize(1);
    }

    @Test
    void whatSteamDemandsOfOneHoldsForAll() {
        steam.refuse(429, "120");
        workshop.lookUp(List.of("1"));
        later(Duration.ofSeconds(119));
        workshop.find("1");
        assertThat(questions()).hasSize(1);
        later(Duration.ofSeconds(2));
        workshop.find("1");
        assertThat(questions()).hasSize(2);
    }

    @Test
    void whatSomebodyElseAskedInVainIsAskedAgain() {
        steam.refuse(429, null);
        CountDownLatch gate = steam.holdBack();
        CompletableFuture<?> vain = CompletableFuture.supplyAsync(() -> workshop.lookUp(List.of("1")), command -> new Thread(command).start());
        while (steam.questions().size() < 2) {
            Thread.onSpinWait();
        }
        CompletableFuture<Optional<Item>> run = CompletableFuture.supplyAsync(() -> workshop.find("1"), command -> new Thread(command).start());
        gate.countDown();
        vain.join();
        run.join();
        assertThat(questions()).as("by the one, then by the other").hasSize(2);
    }

    @Test
    void aServerErrorIsNoReasonToBeQuiet() {
        steam.refuse(500, null);
        workshop.find("1");
        steam.refuse(200, null);
        steam.item("1");
        assertThat(workshop.find("1")).isPresent();
    }

    private void later(Duration time) {
        clock.addAndGet(time.toNanos());
    }

    private ItemDetails details(String id) {
        return (ItemDetails) workshop.find(id).orElseThrow();
    }

    /** What was asked of the details; collections are always asked for alongside. */
    private List<List<String>> questions() {
        return steam.questions().stream().filter(question -> question.method().endsWith("GetPublishedFileDetails"))
                .map(SteamWebServer.Question::ids).toList();
    }

    private Workshop workshop(Duration deadline) {
        return new Workshop(new WorkshopConfig(new Settings(key -> Optional.of(steam.base()))), deadline, clock::get);
    }
}
