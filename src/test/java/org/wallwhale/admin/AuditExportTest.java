package org.wallwhale.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.wallwhale.Beans;
import org.wallwhale.audit.Actor;
import org.wallwhale.audit.AuditQuery;
import org.wallwhale.audit.AuditService;
import org.wallwhale.database.Outage;
import org.wallwhale.problem.Problem;
import org.wallwhale.problem.ProblemException;
import org.wallwhale.rest.Json;

class AuditExportTest {
    private final Outage outage = new Outage();
    private final Beans beans = new Beans(outage.database(), Map.of());
    private final ByteArrayOutputStream file = new ByteArrayOutputStream();

    @AfterEach
    void close() {
        beans.close();
    }

    @Test
    void noCellBeginsWithAFormulaWhateverTheSpreadsheetTakesForItsBeginning() throws Exception {
        for (String subject : List.of("=1", "+1", "-1", "@A1", "\t=1", "\r=1", "\n=1", "＝1", "a;=1", "a\t+1", "a\n-1", "a\r\n@A1", "a=1", "a;b")) {
            add(subject);
        }
        export("csv").write(file);
        assertThat(file.toString(StandardCharsets.UTF_8)).contains("\"'=1\"", "\"'+1\"", "\"'-1\"", "\"'@A1\"", "\"'\t'=1\"", "\"'\r'=1\"",
                "\"'\n'=1\"", "\"'＝1\"", "\"a;'=1\"", "\"a\t'+1\"", "\"a\n'-1\"", "\"a\r'\n'@A1\"", "\"a=1\"", "\"a;b\"");
    }

    @Test
    void anExportThatFailsInTheMiddleSaysSoInItsLastLine() throws Exception {
        for (int i = 0; i < 501; i++) {
            add("things/" + i);
        }
        for (String format : List.of("csv", "ndjson")) {
            file.reset();
            assertThatThrownBy(() -> export(format).write(untilTheDatabaseIsAway())).isInstanceOf(RuntimeException.class);
            outage.end();
            List<String> lines = file.toString(StandardCharsets.UTF_8).lines().toList();
            assertThat(lines.size()).isGreaterThan(500);
            assertThat(lines.get(lines.size() - 1)).contains("The export ends here, because the server failed");
        }
    }

    @Test
    void readersThatStallHoldNoMoreThanTwoThreads() throws Exception {
        add("things/1");
        CountDownLatch stalled = new CountDownLatch(2);
        CountDownLatch goOn = new CountDownLatch(1);
        OutputStream stalling = new OutputStream() {
            @Override
            public void write(int one) {
                stalled.countDown();
                await(goOn);
            }
        };
        List<CompletableFuture<Void>> readers = List.of(exported(stalling), exported(stalling));
        stalled.await();
        assertThatThrownBy(() -> export("csv").write(file)).isInstanceOfSatisfying(ProblemException.class,
                refused -> assertThat(refused.problem()).isEqualTo(Problem.UNAVAILABLE));
        assertThat(file.size()).as("what was written").isZero();
        goOn.countDown();
        readers.forEach(CompletableFuture::join);
        export("csv").write(file);
        assertThat(file.toString(StandardCharsets.UTF_8)).contains("things/1");
    }

    private CompletableFuture<Void> exported(OutputStream out) {
        return CompletableFuture.runAsync(() -> {
            try {
                export("ndjson").write(out);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }, thread -> new Thread(thread).start());
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private AuditExport export(String format) {
        return AuditExport.of(format, beans.get(AuditService.class), AuditQuery.of(null, null, null, null), Json.MAPPER);
    }

    private void add(String subject) throws Exception {
        Actor actor = Actor.stranger("192.0.2.1", "r").as(UUID.randomUUID(), Optional.empty());
        beans.transaction(() -> {
            beans.get(AuditService.class).done(actor, "thing.create", subject, null, null);
            return null;
        });
    }

    /** With the first bytes of the first page. */
    private OutputStream untilTheDatabaseIsAway() {
        return new OutputStream() {
            @Override
            public void write(int one) {
                outage.begin();
                file.write(one);
            }

            @Override
            public void write(byte[] bytes, int from, int count) throws IOException {
                outage.begin();
                file.write(bytes, from, count);
            }
        };
    }
}
