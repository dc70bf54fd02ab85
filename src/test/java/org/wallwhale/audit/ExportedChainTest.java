package org.wallwhale.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wallwhale.rest.Json;

class ExportedChainTest {
    /** Numbers and blanks that another writer of JSON would write in another way. */
    private static final String ODD = "{\"meta\":{\"a\":1.10, \"b\":1e400,\"c\":\"\\u00e9\\\"}\"},\"list\":[1,[2]]}";
    @TempDir
    private Path folder;
    private final List<String> lines = new ArrayList<>();
    private String hash = ChainHash.BEFORE_THE_FIRST;

    @Test
    void anExportIsVerifiedWithoutASecret() throws IOException {
        chain(1, 5);
        lines.add(line(null, null));
        assertThat(verify()).isEqualTo(new AuditVerification(true, 5, 1, null, null, time(1), time(5), 0, 5, hash));
    }

    @Test
    void theOrderOfTheTimesIsNotQuiteThatOfTheChain() throws IOException {
        chain(1, 30);
        Collections.swap(lines, 0, 7);
        Collections.swap(lines, 29, 12);
        assertThat(verify().fault()).isNull();
        assertThat(verify().links()).isEqualTo(30);
    }

    @Test
    void whereTheBeginningWasDroppedTheFirstIsTakenAsItIs() throws IOException {
        chain(1, 5);
        lines.subList(0, 2).clear();
        assertThat(verify()).isEqualTo(new AuditVerification(true, 2, 0, null, null, time(4), time(5), 3, 5, hash));
    }

    @Test
    void everythingThatIsChangedShows() throws IOException {
        chain(1, 4);
        for (String[] change : new String[][] {{"192.0.2.1", "192.0.2.2"}, {"1.10", "1.1"}, {", \"b\"", ",\"b\""}, {"\"done\"", "\"refused\""},
                {"T00:00:03Z", "T00:00:03.001Z"}, {"\"detail\":null", "\"detail\":\"\""}, {"things/3", "things/4"}}) {
            String before = lines.get(2);
            assertThat(before).contains(change[0]);
            lines.set(2, before.replace(change[0], change[1]));
            assertThat(verify().fault()).as(change[1]).startsWith("Entry 3, ").endsWith("was changed after it was written.");
            assertThat(verify().brokenAt()).isEqualTo(3);
            assertThat(verify().links()).isEqualTo(2);
            lines.set(2, before);
        }
        assertThat(verify().intact()).isTrue();
    }

    @Test
    void whatIsMissingOrTooMuchShows() throws IOException {
        chain(1, 4);
        assertFault(List.of(0, 1, 3), "Entry 3 is missing.");
        assertFault(List.of(0, 1, 1, 2, 3), "Entry 2 is in the file twice.");
        assertFault(List.of(), "The file holds no chained entry.");
        lines.add(2, lines.get(2).replace("{\"id\"", "{\"more\":1,\"id\""));
        assertFault(List.of(0, 1, 2, 4), "Line 3 of the file is no entry of an audit log.");
        lines.set(2, lines.get(3) + "}");
        assertFault(List.of(0, 1, 2), "Line 3 of the file is no entry of an audit log.");
        lines.set(2, "");
        assertFault(List.of(2), "Line 1 of the file is no entry of an audit log.");
    }

    @Test
    void aGapIsFoundBeforeTheMemoryIsFull() throws IOException {
        chain(1, ExportedChain.MOST_AHEAD + 20);
        lines.remove(5);
        lines.add("never looked at");
        assertThat(verify().fault()).isEqualTo("Entry 6 is missing.");
    }

    private void assertFault(List<Integer> which, String fault) throws IOException {
        Path file = Files.write(folder.resolve("part.ndjson"), which.stream().map(lines::get).toList());
        assertThat(ExportedChain.verify(file).fault()).isEqualTo(fault);
    }

    private AuditVerification verify() throws IOException {
        return ExportedChain.verify(Files.write(folder.resolve("export.ndjson"), lines));
    }

    private void chain(int first, int last) throws IOException {
        for (long position = first; position <= last; position++) {
            lines.add(line(position, hash));
        }
    }

    /** As the server writes it. */
    private String line(Long position, String previous) throws IOException {
        AuditEntryView open = entry(position, null);
        hash = position == null ? hash : open.hashAfter(previous);
        return Json.MAPPER.writeValueAsString(entry(position, position == null ? null : hash));
    }

    private static AuditEntryView entry(Long position, String hash) {
        long number = Optional.ofNullable(position).orElse(99L);
        return new AuditEntryView(new UUID(0, number), time(number), null, new UUID(1, number), "192.0.2.1", "r", "thing.create",
                "things/" + number, Result.DONE, null, null, ODD, position, hash);
    }

    private static Instant time(long number) {
        return Instant.parse("2026-01-01T00:00:00Z").plusSeconds(number);
    }
}
