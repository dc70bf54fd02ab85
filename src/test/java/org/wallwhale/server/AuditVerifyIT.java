package org.wallwhale.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./wallwhale audit verify} against a server whose database somebody changes behind its back. */
class AuditVerifyIT {
    @TempDir
    private Path folder;
    private String url;

    /** What the command said, and its exit code. */
    private record Ended(int code, String out, String err) {
    }

    @Test
    void aRowThatIsChangedInTheDatabaseIsNamed() throws Exception {
        int port = ServerProcess.freePort();
        Path export = folder.resolve("export.ndjson");
        String key;
        String stranger;
        String id;
        try (ServerProcess server = ServerProcess.start(folder, port, Map.of())) {
            url = server.root();
            key = key(server, "admin:read");
            stranger = key(server, "download:read");
            server.await("all is chained", Duration.ofSeconds(60),
                    () -> server.get("/admin/audit-logs?limit=1").at("/auditLogs/0/hash").isTextual());
            Ended intact = verify(key);
            assertThat(intact.err()).isEmpty();
            assertThat(intact.out()).startsWith("The audit log is intact.").contains("Recomputed: ", "signed with the server's key");
            assertThat(intact.code()).isZero();
            assertThat(verify(stranger)).satisfies(refused -> {
                assertThat(refused.code()).isEqualTo(5);
                assertThat(refused.err()).contains("The server refused (403)", "admin:read").hasLineCount(1);
                assertThat(refused.out()).isEmpty();
            });
            assertThat(verify("").code()).isEqualTo(3);
            Files.write(export, server.bytes("/admin/audit-logs/export"));
            assertThat(verify("", "--file", export.toString())).satisfies(whole -> {
                assertThat(whole.out()).startsWith("This export is intact in itself.");
                assertThat(whole.code()).isZero();
            });
            id = entry(export, 2).get("id").textValue();
        }
        assertThat(verify(key).code()).as("the server is stopped").isEqualTo(4);
        tamper("update audit_entries set address = '192.0.2.77' where position = 2");
        try (ServerProcess server = ServerProcess.start(folder, port, Map.of())) {
            Ended broken = verify(key);
            assertThat(broken.out()).startsWith("The audit log is BROKEN. Entry 2, " + id + ", was changed after it was written.")
                    .contains("As they were written: 1 entry, from ", "the last good one is entry 1.");
            assertThat(broken.code()).isEqualTo(1);
            assertThat(verify(key, "--json").out()).contains("\"brokenAt\":2");
            Files.write(export, server.bytes("/admin/audit-logs/export"));
            assertThat(verify("", "--file", export.toString()).out()).contains("Entry 2, " + id);
        }
    }

    private static String key(ServerProcess server, String scope) {
        return server.post("/admin/api-keys", Map.of("name", "An auditor's", "scopes", List.of(scope))).get("key").textValue();
    }

    private static JsonNode entry(Path export, long position) throws IOException {
        for (String line : Files.readAllLines(export)) {
            JsonNode entry = new ObjectMapper().readTree(line);
            if (entry.get("position").asLong() == position) {
                return entry;
            }
        }
        throw new AssertionError("No entry " + position);
    }

    /** No server has the file open. */
    private void tamper(String statement) throws Exception {
        try (Connection database = DriverManager.getConnection("jdbc:h2:file:" + folder.resolve("data/wallwhale").toAbsolutePath()
                + ";IFEXISTS=TRUE", "wallwhale", ""); Statement change = database.createStatement()) {
            assertThat(change.executeUpdate(statement)).isEqualTo(1);
        }
    }

    private Ended verify(String key, String... arguments) throws IOException, InterruptedException {
        List<String> line = new ArrayList<>(List.of("./wallwhale", "audit", "verify"));
        line.addAll(List.of(arguments));
        Path out = folder.resolve("out");
        Path err = folder.resolve("err");
        ProcessBuilder command = new ProcessBuilder(line).redirectOutput(out.toFile()).redirectError(err.toFile());
        command.environment().putAll(Map.of("WALLWHALE_URL", url, "WALLWHALE_API_KEY", key, "XDG_CONFIG_HOME", folder.toString()));
        command.environment().remove("JAVA_TOOL_OPTIONS");
        Process process = command.start();
        assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
        return new Ended(process.exitValue(), Files.readString(out, StandardCharsets.UTF_8), Files.readString(err, StandardCharsets.UTF_8));
    }
}
