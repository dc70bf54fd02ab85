package org.wallwhale.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./wallwhale host} from the launcher to its end. */
class HostIT {
    private static final Duration LONG = Duration.ofMinutes(3);
    private static final String PASSWORD = "teapot lantern gravel";
    private static final HttpClient HTTP = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).followRedirects(HttpClient.Redirect.NORMAL).build();
    @TempDir
    private Path folder;

    @Test
    void whoHasLinkAndPasswordGetsTheZipAndNothingIsLeftWhenItsReadersAreGone() throws Exception {
        int port = ServerProcess.freePort();
        Process host = host(port);
        Set<ProcessHandle> processes = Set.of();
        try (AutoCloseable silence = () -> host.getErrorStream().close()) {
            JsonNode link = new ObjectMapper().readTree(host.getInputStream());
            String url = link.path("url").asText();
            assertThat(link.path("hasPassword").asBoolean()).isTrue();
            assertThat(get(url, "wrong words").statusCode()).isEqualTo(401);
            HttpResponse<byte[]> part = get(url, PASSWORD, "Range", "bytes=0-1");
            assertThat(part.statusCode()).isEqualTo(206);
            assertThat(part.body()).asString().isEqualTo("PK");
            assertThat(left()).as("what was set for another server, whose engine it takes").hasSize(1);
            processes = host.toHandle().descendants().collect(Collectors.toSet());
            assertThat(processes).hasSizeGreaterThan(1);
        } finally {
            // nobody hears any longer what it says
            host.destroy();
            Wait.until("it ends", LONG, () -> !host.isAlive());
        }
        for (ProcessHandle process : processes) {
            Wait.until("its server is gone", LONG, () -> !process.isAlive());
        }
        assertThat(left()).isEmpty();
    }

    private Process host(int port) throws IOException {
        Path password = Files.createFile(folder.resolve("password"), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(password, PASSWORD);
        ProcessBuilder command = new ProcessBuilder("./wallwhale", "host", "3000000000", "--account", "sandbox", "--address", "127.0.0.1",
                "--port", Integer.toString(port), "--password-file", password.toString(), "--json");
        // what would end it at once, were it not for another server
        command.environment().putAll(Map.of("TMPDIR", folder.toString(), "WALLWHALE_SHARE_LONGEST_DAYS", "0", "WALLWHALE_WORKER_SLOTS", "0"));
        return command.start();
    }

    private List<Path> left() throws IOException {
        try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, "wallwhale-host.*")) {
            return StreamSupport.stream(found.spliterator(), false).toList();
        }
    }

    private static HttpResponse<byte[]> get(String url, String password, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url)).timeout(LONG)
                .header("Authorization", "Basic " + Base64.getEncoder().encodeToString(("link:" + password).getBytes()));
        return HTTP.send((headers.length == 0 ? request : request.headers(headers)).build(), BodyHandlers.ofByteArray());
    }
}
