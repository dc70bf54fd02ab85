package org.wallwhale.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class SpanTest {
    private final Span.Reader reader = new Span.Reader();

    @Test
    void aNumberWithAUnitIsATime() {
        assertThat(reader.convert("90s").duration()).isEqualTo(Duration.ofSeconds(90));
        assertThat(reader.convert("30m").duration()).isEqualTo(Duration.ofMinutes(30));
        assertThat(reader.convert("12h").duration()).isEqualTo(Duration.ofHours(12));
        assertThat(reader.convert("7d").duration()).isEqualTo(Duration.ofDays(7));
    }

    @Test
    void itEndsByTheClockOfTheServerAndNotByThisOne() throws IOException {
        ZonedDateTime hers = ZonedDateTime.now(ZoneOffset.UTC).plusHours(1).truncatedTo(ChronoUnit.SECONDS);
        String end = new Span(Duration.ofMinutes(30)).end(server(hers.format(DateTimeFormatter.RFC_1123_DATE_TIME)));
        assertThat(Instant.parse(end)).isEqualTo(hers.plusMinutes(30).toInstant());
        Instant before = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        assertThat(Instant.parse(new Span(Duration.ofMinutes(30)).end(server("yesterday")))).isBetween(before.plusSeconds(1800), Instant.now().plusSeconds(1800));
    }

    /** The JDK's own server tells its own time; this one answers a single request. */
    private static ServerClient server(String date) throws IOException {
        ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Thread answers = new Thread(() -> {
            try (socket; Socket client = socket.accept()) {
                BufferedReader asked = new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII));
                while (!asked.readLine().isEmpty()) {
                    // the request's head
                }
                client.getOutputStream().write(("HTTP/1.1 200 OK\r\nDate: " + date + "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        answers.setDaemon(true);
        answers.start();
        return ServerClient.anonymous("http://127.0.0.1:" + socket.getLocalPort());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "7", "0d", "-1d", "7 d", "7w", "d", "1h30m", "9999999d"})
    void anythingElseIsNone(String text) {
        assertThatThrownBy(() -> reader.convert(text)).isInstanceOf(TypeConversionException.class).hasMessageContaining("12h");
    }
}
