package org.wallwhale.share;

import static org.assertj.core.api.Assertions.assertThat;
import static org.wallwhale.Api.DOWNLOADS;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wallwhale.Api;
import org.wallwhale.Api.Answer;
import org.wallwhale.OnServers;
import org.wallwhale.Problems;
import org.wallwhale.ServerKind;

/** What is sent by links: how much, how fast, and until when. */
class SharedTransfersIT extends SharingTest {
    @Test
    void parallelReadersGetWhatTheLinkAllowsAndNoMore() throws Exception {
        JsonNode share = share(Api.object().put("maxDownloads", 2));
        String path = path(share) + "/zip";
        int half = whole.length / 2;
        ExecutorService threads = Executors.newFixedThreadPool(8);
        long sent = 0;
        try {
            List<Callable<Answer>> readers = new ArrayList<>();
            IntStream.range(0, 8).forEach(i -> {
                readers.add(() -> STRANGER.get(path, "Range", "bytes=0-" + (half - 1)));
                readers.add(() -> STRANGER.get(path, "Range", "bytes=" + half + "-"));
            });
            for (Future<Answer> reader : threads.invokeAll(readers)) {
                Answer answer = reader.get();
                assertThat(answer.status()).as(answer.status() == 206 ? "" : answer.text()).isIn(206, 410, 429);
                sent += answer.status() == 206 ? answer.bytes().length : 0;
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(sent).isLessThanOrEqualTo(2L * whole.length + half).isGreaterThan(whole.length);
        STRANGER.awaitAnswer(path, answer -> answer.status() != 429);
        Problems.demand(STRANGER.awaitAnswer(path, answer -> answer.status() == 410), 410, "gone");
        assertThat(STRANGER.head(path).status()).as("it uses up nothing").isEqualTo(200);
        patch(share, Api.object().put("maxDownloads", 3));
        assertThat(STRANGER.get(path).bytes()).isEqualTo(whole);
    }

    @Test
    void whatIsSentSlowlyEndsWhenItsLinkIsRevoked() throws Exception {
        JsonNode share = share(Api.object().put("bytesPerSecond", 16_384).put("maxDownloads", 1));
        InputStream body = open(path(share) + "/zip");
        assertThat(body.readNBytes(1000)).isEqualTo(Arrays.copyOf(whole, 1000));
        Problems.demand(STRANGER.get(path(share) + "/zip"), 429, "too_many_requests");
        assertThat(owner.delete(SHARES + id(share)).status()).isEqualTo(204);
        assertThat(rest(body)).as("at this rate it takes minutes").isLessThan(whole.length - 1000);
    }

    @Test
    void anotherPasswordEndsWhatIsBeingSentAndALimitThatIsLiftedHastensIt() throws Exception {
        JsonNode share = share(Api.object().put("bytesPerSecond", 16_384));
        InputStream hastened = open(path(share) + "/zip");
        hastened.readNBytes(1000);
        patch(share, Api.object().putNull("bytesPerSecond"));
        assertThat(rest(hastened)).isEqualTo(whole.length - 1000);
        patch(share, Api.object().put("bytesPerSecond", 16_384));
        InputStream ended = open(path(share) + "/zip");
        ended.readNBytes(1000);
        patch(share, Api.object().put("password", PASSWORD));
        assertThat(rest(ended)).isLessThan(whole.length - 1000);
    }

    @Test
    void whatBreaksIsFinishedWhereNoMoreThanOneDownloadIsAllowed() throws Exception {
        JsonNode share = share(Api.object().put("bytesPerSecond", 16_384).put("maxDownloads", 1));
        try (InputStream body = open(path(share) + "/zip")) {
            assertThat(body.readNBytes(1000)).isEqualTo(Arrays.copyOf(whole, 1000));
        }
        patch(share, Api.object().putNull("bytesPerSecond"));
        owner.awaitAnswer(SHARES + id(share), answer -> answer.json().get("bytesReserved").longValue() == 0);
        Answer rest = STRANGER.get(path(share) + "/zip", "Range", "bytes=1000-");
        assertThat(rest.status()).isEqualTo(206);
        assertThat(rest.bytes()).isEqualTo(Arrays.copyOfRange(whole, 1000, whole.length));
        Problems.demand(STRANGER.awaitAnswer(path(share) + "/zip", answer -> answer.status() != 429), 410, "gone");
    }

    @Test
    void whatIsSentSlowlyEndsWithItsKeyAndWithItsOwner() throws Exception {
        Api administrator = Api.administrator();
        ObjectNode wish = Api.object().put("email", "sharer@example.org").put("password", PASSWORD).put("mustChangePassword", false);
        String user = administrator.post("/api/v1/admin/users", wish).json().get("id").textValue();
        Api byHand = Api.withToken(Api.token("sharer@example.org", PASSWORD));
        JsonNode key = administrator.post("/api/v1/admin/api-keys", Api.object().put("name", "a sharer's").put("userId", user)
                .set("scopes", Api.object().arrayNode().add("download:*"))).json();
        String own = byHand.submit("4810000000").get("id").textValue();
        assertThat(byHand.awaitFinished(own).get("status").textValue()).isEqualTo("success");
        ObjectNode slow = Api.object().put("bytesPerSecond", 16_384);
        InputStream keys = open(path(Api.withKey(key.get("key").textValue()).post(DOWNLOADS + "/" + own + "/shares", slow).json()) + "/zip");
        InputStream hands = open(path(byHand.post(DOWNLOADS + "/" + own + "/shares", slow).json()) + "/zip");
        keys.readNBytes(1000);
        hands.readNBytes(1000);
        assertThat(administrator.delete("/api/v1/admin/api-keys/" + key.at("/apiKey/id").textValue()).status()).isEqualTo(204);
        assertThat(rest(keys)).isLessThan(whole.length - 1000);
        assertThat(hands.readNBytes(1000)).isEqualTo(Arrays.copyOfRange(whole, 1000, 2000));
        administrator.send("PATCH", "/api/v1/admin/users/" + user, BodyPublishers.ofString("{\"isActive\":false}"), "Content-Type", "application/json");
        assertThat(rest(hands)).isLessThan(whole.length - 2000);
    }

    @Test
    @OnServers(value = {ServerKind.PAYARA_MICRO, ServerKind.PAYARA_SERVER}, because = "only they speak HTTP/2 without TLS")
    void aLinkWithALimitGivesTheSameByHttp2(@TempDir Path folder) throws Exception {
        JsonNode share = share(Api.object().put("bytesPerSecond", whole.length));
        Path zip = folder.resolve("shared.zip");
        Process curl = new ProcessBuilder("curl", "-sf", "--http2-prior-knowledge", "-o", zip.toString(), Api.ROOT + path(share) + "/zip").inheritIO().start();
        assertThat(curl.waitFor()).isZero();
        assertThat(Files.readAllBytes(zip)).isEqualTo(whole);
    }

    private static InputStream open(String path) throws Exception {
        HttpResponse<InputStream> answer = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build().send(
                HttpRequest.newBuilder(URI.create(Api.ROOT + path)).timeout(Duration.ofSeconds(60)).build(),
                HttpResponse.BodyHandlers.ofInputStream());
        assertThat(answer.statusCode()).isEqualTo(200);
        return answer.body();
    }

    /** How many bytes still come. */
    private static long rest(InputStream body) {
        long count = 0;
        try (body) {
            byte[] buffer = new byte[8192];
            for (int read = body.read(buffer); read >= 0; read = body.read(buffer)) {
                count += read;
            }
        } catch (IOException e) {
            // it was cut off
        }
        return count;
    }
}
