package org.wallwhale.log;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class LogTest {
    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final JsonLines json = new JsonLines(new PrintStream(out, true, StandardCharsets.UTF_8));

    private static LogRecord event(String message) {
        LogRecord event = new LogRecord(Level.WARNING, message);
        event.setLoggerName("org.wallwhale.worker.Runner");
        return event;
    }

    private JsonNode line(LogRecord event) throws IOException {
        out.reset();
        json.publish(event);
        String text = out.toString(StandardCharsets.UTF_8);
        assertThat(text.lines()).hasSize(1);
        return new ObjectMapper().readTree(text);
    }

    @Test
    void aLineTellsItsRequestAndItsDownload() throws IOException {
        try (LogContext request = LogContext.ofRequest("r-1", "00-" + TRACE + "-b7ad6b7169203331-01", "u-1", "k-1");
                LogContext download = LogContext.ofDownload("d-1")) {
            JsonNode line = line(event("It broke"));
            assertThat(line.fieldNames()).toIterable().containsExactly("time", "level", "logger", "message", "request", "trace", "user",
                    "key", "download");
            assertThat(line.get("time").textValue()).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{3})?Z");
            assertThat(line.get("level").textValue()).isEqualTo("warn");
            assertThat(line.get("trace").textValue()).isEqualTo(TRACE);
            assertThat(line.get("download").textValue()).isEqualTo("d-1");
        }
        assertThat(line(event("It broke")).has("request")).isFalse();
    }

    @Test
    void whatEndsInsideGivesBackWhatWasOutside() throws IOException {
        try (LogContext request = LogContext.ofRequest("r-1", null, null, null)) {
            LogContext.ofDownload("d-1").close();
            assertThat(line(event("It broke")).get("request").textValue()).isEqualTo("r-1");
            assertThat(line(event("It broke")).has("download")).isFalse();
        }
    }

    @Test
    void noMessageForgesALine() throws IOException {
        LogRecord event = event("a\n{\"level\":\"info\"}\r\u2028\u001b[2J");
        event.setThrown(new IllegalStateException("x\ny"));
        JsonNode line = line(event);
        assertThat(line.get("message").textValue()).isEqualTo(event.getMessage());
        assertThat(line.get("error").textValue()).contains("IllegalStateException", "LogTest");
        assertThat(out.toString(StandardCharsets.UTF_8)).doesNotContain("\u001b");
    }

    @Test
    void textGetsItAtTheEnd() {
        LogRecord event = event("It broke");
        try (LogContext request = LogContext.ofRequest("r-1", null, "u-1", null)) {
            new ContextNote().publish(event);
        }
        assertThat(event.getMessage()).isEqualTo("It broke [request r-1, user u-1]");
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "x", "00-00000000000000000000000000000000-b7ad6b7169203331-01", "00-" + TRACE + "-0000000000000000-01",
        "00-" + TRACE + "-b7ad6b7169203331-01\n", "00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01"})
    void aTraceThatIsNoneIsLeftOut(String header) throws IOException {
        try (LogContext request = LogContext.ofRequest("r-1", header, null, null)) {
            assertThat(line(event("It broke")).has("trace")).isFalse();
        }
    }
}
