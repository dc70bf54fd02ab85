package org.wallwhale.certificate;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChallengeListenerTest {
    @TempDir
    private Path folder;

    private static HttpResponse<String> get(ChallengeListener listener, String path) throws Exception {
        return HttpClient.newHttpClient().send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + listener.port() + path)).build(),
                BodyHandlers.ofString());
    }

    @Test
    void theAuthorityIsAnsweredWhileOthersSayNothing() throws Exception {
        ChallengeFiles challenges = new ChallengeFiles(folder);
        challenges.put("a-token", "the answer");
        List<Socket> silent = new ArrayList<>();
        try (ChallengeListener listener = new ChallengeListener(0, challenges)) {
            for (int i = 0; i < 10; i++) {
                silent.add(new Socket("127.0.0.1", listener.port()));
            }
            assertThat(get(listener, ChallengeFiles.PATH + "a-token")).satisfies(answer -> {
                assertThat(answer.statusCode()).isEqualTo(200);
                assertThat(answer.body()).isEqualTo("the answer");
            });
            assertThat(get(listener, ChallengeFiles.PATH + "none").statusCode()).isEqualTo(404);
            assertThat(get(listener, "/").statusCode()).isEqualTo(404);
        } finally {
            for (Socket one : silent) {
                one.close();
            }
        }
    }
}
