package org.wallwhale.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The audit of {@link ChaosIT} finds what it looks for. */
class ChaosAuditTest {
    private static final String ID = "00000000-0000-0000-0000-000000000001";
    private static final String WORKS = "8000000000";
    private static final String FAILS = "8000000020";
    @TempDir
    private Path data;
    private final List<Rows.Attempt> attempts = new ArrayList<>();
    private final List<Rows.State> states = new ArrayList<>();
    private final List<Disturbance> disturbances = new ArrayList<>();

    @BeforeEach
    void anEmptyDataFolder() throws IOException {
        for (String folder : List.of("work", "store", "homes/one-sandbox-0")) {
            Files.createDirectories(data.resolve(folder));
        }
    }

    @Test
    void whatEndedAsItShouldIsNoFault() throws IOException {
        attempt(1, 7, 1000, 2000, "not_owned");
        states("QUEUED", "RUNNING", "RUNNING", "FAILED");
        assertThat(faults(row(FAILS, "FAILED", 1, 9, 9))).isEmpty();
    }

    @Test
    void aDownloadThatIsNotThereIsLost() throws IOException {
        assertThat(faults()).containsOnlyKeys("lost");
    }

    @Test
    void aDownloadThatDoesNotEndIsStuck() throws IOException {
        states("QUEUED");
        assertThat(faults(row(WORKS, "QUEUED", 0, 1, 1))).containsKey("stuck");
    }

    @Test
    void anotherEndIsWrong() throws IOException {
        attempt(1, 7, 1000, 2000, "tool_crashed");
        states("QUEUED", "RUNNING", "FAILED");
        assertThat(faults(row(WORKS, "FAILED", 1, 9, 9))).containsOnlyKeys("wrong end");
    }

    @Test
    void aSuccessWithoutItsBytesAndWithoutARunIsAPhantom() throws IOException {
        attempt(1, 7, 1000, 2000, "success");
        states("QUEUED", "RUNNING", "SUCCESS");
        assertThat(faults(row(WORKS, "SUCCESS", 1, 9, 9)).get("phantom")).hasSize(2);
    }

    @Test
    void aCompletedRunIsMadeAgainOnlyWhenItsServerWasStruckAtOnce() throws IOException {
        attempt(1, 7, 1000, 5000, "interrupted");
        attempt(2, 8, 6000, 7000, "not_owned");
        states("QUEUED", "RUNNING", "QUEUED", "RUNNING", "FAILED");
        journal(7, 1000, 2000, 0);
        journal(8, 6100, 6900, 1);
        disturbances.add(new Disturbance(Trouble.Kind.KILL, "one", 4500, 5500));
        assertThat(faults(row(FAILS, "FAILED", 2, 9, 9))).containsOnlyKeys("repeated");
        disturbances.add(new Disturbance(Trouble.Kind.KILL, "one", 3500, 3600));
        assertThat(faults(row(FAILS, "FAILED", 2, 9, 9))).isEmpty();
    }

    @Test
    void aRunThatStartsBeforeTheLastOneEndedOverlaps() throws IOException {
        attempt(1, 7, 1000, 1500, "tool_crashed");
        attempt(2, 8, 1600, 3000, "not_owned");
        states("QUEUED", "RUNNING", "QUEUED", "RUNNING", "FAILED");
        journal(7, 1000, 2000, 0);
        journal(8, 1700, 2900, 1);
        assertThat(faults(row(FAILS, "FAILED", 2, 9, 9))).containsKey("overlaps");
    }

    @Test
    void aLogWithAGapAndARunThatWasTakenFromAnInstanceThatWasWellAreFaultsOfTheHistory() throws IOException {
        attempt(1, 7, 1000, 1500, "interrupted");
        attempt(2, 8, 1600, 3000, "not_owned");
        states("QUEUED", "RUNNING", "QUEUED", "RUNNING", "FAILED");
        assertThat(faults(row(FAILS, "FAILED", 2, 9, 8)).get("history")).hasSize(2);
    }

    @Test
    void aStateAfterTheEndIsAFaultOfTheHistory() throws IOException {
        attempt(1, 7, 1000, 2000, "not_owned");
        states("QUEUED", "RUNNING", "FAILED", "QUEUED", "FAILED");
        assertThat(faults(row(FAILS, "FAILED", 1, 9, 9))).containsOnlyKeys("history");
    }

    @Test
    void aWorkFolderThatNobodyGoesOnFromIsLeft() throws IOException {
        attempt(1, 7, 1000, 2000, "not_owned");
        states("QUEUED", "RUNNING", "FAILED");
        Files.createDirectory(data.resolve("work").resolve(ID + "-7"));
        assertThat(faults(row(FAILS, "FAILED", 1, 9, 9))).as("what failed may be resumed").isEmpty();
        Files.createDirectory(data.resolve("work").resolve("00000000-0000-0000-0000-000000000002-8"));
        assertThat(faults(row(FAILS, "FAILED", 1, 9, 9))).containsOnlyKeys("left");
    }

    private static Rows.Download row(String item, String status, int attempts, long logSeq, long lines) {
        return new Rows.Download(ID, item, status, null, attempts, logSeq, lines, null);
    }

    private void attempt(int number, long fence, long started, long ended, String outcome) {
        attempts.add(new Rows.Attempt(new RunName(ID, fence), number, "one", started, ended, outcome));
    }

    private void states(String... inOrder) {
        for (String status : inOrder) {
            states.add(new Rows.State(ID, status));
        }
    }

    private void journal(long fence, long started, long ended, int status) throws IOException {
        Path journal = data.resolve("homes/one-sandbox-0/sandbox-journal.jsonl");
        String before = Files.exists(journal) ? Files.readString(journal) : "";
        Files.writeString(journal, before + """
                {"event":"start","at":%d,"pid":%d,"argv":["-dir","work/%s-%d/content"]}
                {"event":"end","at":%d,"pid":%d,"status":%d}
                """.formatted(started, fence, ID, fence, ended, fence, status));
    }

    /** Only the kinds that were found. */
    private Map<String, List<String>> faults(Rows.Download... downloads) throws IOException {
        Map<String, List<String>> faults = new ChaosAudit(Map.of(ID, WORKS), disturbances, new Rows(List.of(downloads), attempts, states), data,
                Duration.ofSeconds(2)).faults();
        faults.values().removeIf(List::isEmpty);
        return faults;
    }
}
