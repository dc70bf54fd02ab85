package org.wallwhale.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.wallwhale.server.RawHttp.Reply;

/** What {@code deploy/nginx} promises, whatever the instances behind it do. {@link TwoInstancesIT} has real ones. */
class NginxIT {
    private static final int LARGE = 64 * 1024 * 1024;
    private final List<AutoCloseable> started = new ArrayList<>();
    @TempDir
    private Path folder;

    @AfterEach
    void stop() throws Exception {
        for (AutoCloseable one : started) {
            one.close();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "HEAD", "OPTIONS"})
    void whatChangesNothingGoesToTheNextInstanceWhenOneHangsUp(String method) throws Exception {
        ScriptedInstance hangsUp = instance(ScriptedInstance.start(Socket::close));
        ScriptedInstance answers = instance(ScriptedInstance.answering());
        NginxProcess nginx = nginx(hangsUp, answers, "max_fails=2", "max_fails=0");
        for (int call = 0; call < 6; call++) {
            assertThat(new RawHttp(nginx.port()).send(method, "/x", "").status()).isEqualTo(200);
        }
        assertThat(hangsUp.heads()).isNotEmpty();
        assertThat(answers.heads()).hasSize(6);
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "PATCH", "DELETE", "MOVE"})
    void whatMayChangeSomethingIsSentOnceAndItsLossTold(String method) throws Exception {
        ScriptedInstance first = instance(ScriptedInstance.start(Socket::close));
        ScriptedInstance second = instance(ScriptedInstance.start(Socket::close));
        NginxProcess nginx = nginx(first, second, "max_fails=2", "max_fails=0");
        for (int call = 1; call <= 6; call++) {
            demandProblem(new RawHttp(nginx.port()).send(method, "/x?y=1", "{}", "X-Request-Id: lost-" + call), 502, "bad_gateway");
            assertThat(first.heads().size() + second.heads().size()).as("requests that reached an instance").isEqualTo(call);
        }
        assertThat(first.heads().get(0)).startsWith(method + " /x?y=1 HTTP/1.1\r\n");
    }

    @Test
    void aPostThatCouldNotBeSentGoesToTheOtherInstance() throws Exception {
        ScriptedInstance answers = instance(ScriptedInstance.answering());
        NginxProcess nginx = started(NginxProcess.start(folder.resolve("nginx"), ServerProcess.freePort(), answers.port()));
        for (int call = 0; call < 6; call++) {
            assertThat(new RawHttp(nginx.port()).send("POST", "/x", "{}").status()).isEqualTo(200);
        }
        assertThat(answers.heads()).hasSize(6);
    }

    @Test
    void itsOwnErrorsAreProblems() throws Exception {
        ScriptedInstance silent = instance(ScriptedInstance.start(connection -> connection.getInputStream().read()));
        NginxProcess nginx = nginx(silent, silent, "proxy_read_timeout 60s", "proxy_read_timeout 1s", "max_fails=2", "max_fails=0");
        RawHttp client = new RawHttp(nginx.port());
        demandProblem(client.send("POST", "/x", "{}", "X-Request-Id: r1"), 504, "gateway_timeout");
        demandProblem(client.send("DELETE", "/x", "", "X-Request-Id: r1"), 504, "gateway_timeout");
        demandProblem(client.send("POST", "/x", "a".repeat(256 * 1024 + 1), "X-Request-Id: r2"), 413, "too_large");
        demandProblem(client.send("PUT", "/x", "a".repeat(256 * 1024 + 1), "X-Request-Id: r3"), 413, "too_large");
        demandProblem(client.send("TRACE", "/x", "", "X-Request-Id: r4"), 405, "method_not_allowed");
        demandProblem(client.get("/x", "X-Request-Id: r5", "X-Long: " + "a".repeat(8000)), 400, "malformed");
        demandProblem(client.get("/" + "a".repeat(8000)), 414, "malformed");
        demandProblem(client.get("/%zz"), 400, "malformed");
        demandProblem(client.get("no slash"), 400, "malformed");
    }

    @Test
    void oneAddressThatAsksTooOftenIsHeldBackAndOthersAreNot() throws Exception {
        NginxProcess nginx = started(NginxProcess.start(folder.resolve("nginx"), ServerProcess.freePort(), ServerProcess.freePort()));
        RawHttp busy = new RawHttp(nginx.port(), "127.0.0.8");
        Reply reply = busy.get("/x");
        for (int call = 0; call < 5000 && reply.status() == 502; call++) {
            reply = busy.get("/x", "X-Request-Id: busy");
        }
        demandProblem(reply, 429, "too_many_requests");
        assertThat(reply.header("Retry-After")).isEqualTo("1");
        demandProblem(new RawHttp(nginx.port(), "127.0.0.9").get("/x"), 502, "bad_gateway");
    }

    @Test
    void nothingThatAClientSaysOfItsAddressArrives() throws Exception {
        ScriptedInstance instance = instance(ScriptedInstance.answering());
        NginxProcess nginx = nginx(instance, instance);
        new RawHttp(nginx.port(), "127.0.0.7").get("/x", "X-Forwarded-For: 198.51.100.1", "X-Forwarded-For: 198.51.100.2",
                "Forwarded: for=198.51.100.1", "X-Real-IP: 198.51.100.1", "X-Forwarded-Proto: https", "X-Forwarded-Host: evil.example",
                "X-Forwarded-Port: 1");
        assertThat(instance.heads().get(0).lines().filter(line -> line.matches("(?i)(x-f|f|x-r).*")))
                .containsExactlyInAnyOrder("X-Forwarded-For: 127.0.0.7", "X-Forwarded-Proto: http",
                        instance.heads().get(0).lines().filter(line -> line.startsWith("X-Request-Id")).findFirst().orElseThrow());
    }

    @Test
    void aSaneRequestIdIsPassedOnAndAnotherReplaced() throws Exception {
        ScriptedInstance instance = instance(ScriptedInstance.answering());
        NginxProcess nginx = nginx(instance, instance);
        RawHttp client = new RawHttp(nginx.port());
        client.get("/x", "X-Request-Id: a.b_c:d-1");
        client.get("/x", "X-Request-Id: a\"b");
        client.get("/x", "X-Request-Id: " + "a".repeat(65));
        assertThat(instance.heads().get(0)).contains("\r\nX-Request-Id: a.b_c:d-1\r\n");
        assertThat(instance.heads().subList(1, 3)).allMatch(head -> head.matches("(?s).*\r\nX-Request-Id: [0-9a-f]{32}\r\n.*"));
    }

    @Test
    void connectionsToAnInstanceAreKept() throws Exception {
        ScriptedInstance instance = instance(ScriptedInstance.answering());
        NginxProcess nginx = nginx(instance, instance);
        for (int call = 0; call < 40; call++) {
            assertThat(new RawHttp(nginx.port()).get("/x").status()).isEqualTo(200);
        }
        assertThat(instance.connections()).as("each of two workers has one to each of two names").isLessThanOrEqualTo(4);
    }

    @Test
    void aLargeAnswerWaitsForItsReaderAndNotOnTheDisk() throws Exception {
        CountDownLatch written = new CountDownLatch(1);
        ScriptedInstance instance = instance(ScriptedInstance.start(connection -> {
            ScriptedInstance.say(connection, "HTTP/1.1 200 OK\r\nContent-Length: " + LARGE + "\r\n\r\n");
            byte[] part = new byte[64 * 1024];
            for (int sent = 0; sent < LARGE; sent += part.length) {
                connection.getOutputStream().write(part);
            }
            written.countDown();
        }));
        NginxProcess nginx = nginx(instance, instance);
        try (Socket reader = new RawHttp(nginx.port()).open(RawHttp.request("GET", "/zip", ""))) {
            assertThat(reader.getInputStream().readNBytes(100)).hasSize(100);
            assertThat(written.getCount()).as("the instance still has most of it").isEqualTo(1);
            assertThat(reader.getInputStream().readAllBytes()).hasSizeBetween(LARGE, LARGE + 500);
        }
        assertThat(nginx.hasSpooled()).isFalse();
    }

    @Test
    void anEventArrivesAtOnce() throws Exception {
        ScriptedInstance instance = instance(ScriptedInstance.start(connection -> {
            ScriptedInstance.say(connection, "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nX-Accel-Buffering: no\r\n"
                    + "Transfer-Encoding: chunked\r\n\r\n9\r\ndata: 1\n\n\r\n");
            connection.getInputStream().read();
        }));
        NginxProcess nginx = nginx(instance, instance);
        try (Socket reader = new RawHttp(nginx.port()).open(RawHttp.request("GET", "/events", ""))) {
            BufferedReader lines = new BufferedReader(new InputStreamReader(reader.getInputStream(), StandardCharsets.UTF_8));
            assertThat(lines.lines().filter(line -> line.startsWith("data:")).findFirst()).contains("data: 1");
        }
    }

    @Test
    void tlsIsModernAndWhoComesWithoutIsSentThere() throws Exception {
        ScriptedInstance instance = instance(ScriptedInstance.answering());
        NginxProcess nginx = nginx(instance, instance);
        String address = "127.0.0.1:" + nginx.tlsPort();
        assertThat(curl("https://" + address + "/x", "--http1.1", "--tls-max", "1.2")).startsWith("HTTP/1.1 200")
                .contains("Strict-Transport-Security: max-age=31536000");
        assertThat(curl("https://" + address + "/x", "--http2", "--tlsv1.3")).startsWith("HTTP/2 200")
                .contains("strict-transport-security: max-age=31536000");
        assertThat(curl("https://" + address + "/" + "a".repeat(8000), "--http1.1")).startsWith("HTTP/1.1 414")
                .containsOnlyOnce("Strict-Transport-Security: max-age=31536000");
        assertThat(handshake(address, "-tls1_1", "DEFAULT:@SECLEVEL=0")).contains("alert protocol version");
        assertThat(handshake(address, "-tls1_2", "AES128-SHA:AES256-GCM-SHA384:@SECLEVEL=0")).contains("alert handshake failure");
        assertThat(handshake(address, "-tls1_2", "ECDHE-RSA-AES128-GCM-SHA256")).contains("Cipher is ECDHE-RSA-AES128-GCM-SHA256");
        assertThat(instance.heads()).allMatch(head -> head.contains("\r\nX-Forwarded-Proto: https\r\n"));
        assertThat(new RawHttp(nginx.redirectPort()).get("/a?b=c").head()).startsWith("HTTP/1.1 301 ")
                .contains("Location: https://wallwhale.example.org/a?b=c");
    }

    private static String curl(String address, String... options) throws IOException {
        List<String> command = new ArrayList<>(List.of("curl", "-s", "-i", "-k"));
        command.addAll(List.of(options));
        command.add(address);
        return output(command);
    }

    private static String handshake(String address, String version, String ciphers) throws IOException {
        return output(List.of("openssl", "s_client", "-connect", address, version, "-cipher", ciphers));
    }

    private static String output(List<String> command) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    private static void demandProblem(Reply reply, int status, String code) {
        assertThat(reply.status()).as(reply.body()).isEqualTo(status);
        if (reply.body().isEmpty()) {
            return;
        }
        assertThat(reply.header("Content-Type")).isEqualTo("application/problem+json");
        JsonNode body = reply.json();
        assertThat(body.fieldNames()).toIterable()
                .containsExactlyInAnyOrder("type", "title", "status", "detail", "instance", "code", "errors", "message");
        assertThat(body.get("status").intValue()).isEqualTo(status);
        assertThat(body.get("code").textValue()).isEqualTo(code);
        assertThat(body.get("message").textValue()).isNotBlank().isEqualTo(body.get("detail").textValue());
        assertThat(body.get("instance").textValue()).isNotBlank().isEqualTo(reply.header("X-Request-Id"));
        assertThat(reply.header("Cache-Control")).isEqualTo("no-store");
        assertThat(reply.head()).containsOnlyOnce("X-Request-Id:");
    }

    private NginxProcess nginx(ScriptedInstance first, ScriptedInstance second, String... changes) throws Exception {
        return started(NginxProcess.start(folder.resolve("nginx"), first.port(), second.port(), changes));
    }

    private ScriptedInstance instance(ScriptedInstance instance) {
        started.add(instance);
        return instance;
    }

    private NginxProcess started(NginxProcess nginx) {
        started.add(0, nginx);
        return nginx;
    }
}
