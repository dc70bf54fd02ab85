package org.wallwhale.certificate;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wallwhale.config.DataFolder;
import org.wallwhale.config.Settings;

class ChallengeListenerTest {
    @TempDir
    private Path folder;

    private static HttpResponse<String> get(ChallengeListener listener, String path) throws Exception {
        return HttpClient.newHttpClient().send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + listener.port() + path)).build(),
                BodyHandlers.ofString());
    }

    @Test
    void whoeverCanListenDoesAndTheServerAnswersWhereNobodyElseCan() throws Exception {
        Settings settings = new Settings(key -> Optional.of(key.endsWith("enabled") ? "false" : key.endsWith("port") ? "1"
                : key.equals("wallwhale.data-dir") ? folder.toString() : ""));
        CertificateFiles files = new CertificateFiles(new DataFolder(settings));
        TlsConfig config = new TlsConfig(settings);
        int port;
        try (ChallengeListener server = new ChallengeListener(0, new ChallengeFiles(files.challenges()))) {
            port = server.port();
            assertThat(Acme.listener(files, config, wish(Optional.of(port)))).isEmpty();
        }
        assertThat(Acme.listener(files, config, wish(Optional.of(port)))).contains(port);
        try (ChallengeListener server = new ChallengeListener(0, new ChallengeFiles(files.challenges())); ServerSocket other = new ServerSocket(0)) {
            Optional<String> answers = Optional.of("http://127.0.0.1:" + server.port());
            assertThat(Acme.listener(files, answers, port)).as("that a server runs does not mean that port 80 leads to it").contains(port);
            assertThat(Acme.listener(files, answers, other.getLocalPort())).as("it may, where nobody else can").isEmpty();
            assertThat(Acme.listener(files, Optional.empty(), other.getLocalPort())).as("the listener tells why not").contains(other.getLocalPort());
        }
        assertThat(Acme.listener(files, config, wish(Optional.empty()))).contains(80);
    }

    private static AcmeWish wish(Optional<Integer> port) {
        return new AcmeWish(URI.create("https://ca.lan/directory"), Optional.empty(), List.of("a.lan"), Optional.empty(), port);
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
