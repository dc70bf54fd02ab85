package org.wallwhale.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DepotDownloaderTest extends EngineTest {
    @Test
    void aSmallItemIsFetched() throws Exception {
        Outcome outcome = engine.fetch(Engines.anonymous(engine, folder, "3000000000"), witness);
        assertThat(outcome).isInstanceOf(Outcome.Fetched.class);
        Outcome.Fetched fetched = (Outcome.Fetched) outcome;
        assertThat(fetched.files()).extracting(FetchedFile::path)
                .containsExactly("preview.gif", "project.json", "scenes/Größe 壁紙.pkg");
        assertThat(fetched.version()).matches("\\d{10,20}");
        assertThat(witness.lines.get(0)).startsWith("SANDBOX: this is a scripted stand-in");
        assertThat(witness.lines).contains("Pre-allocating project.json").noneMatch(line -> line.contains(folder.toString()));
        assertThat(witness.phases).containsExactly(FetchPhase.LOGIN, FetchPhase.DOWNLOADING, FetchPhase.VERIFYING);
        assertThat(witness.progress).extracting(Progress::percent).isSorted().endsWith(100);
        assertThat(witness.child.isAlive()).isFalse();
    }

    @Test
    void anItemThatIsUpdatedMeanwhileIsFetchedAnew() throws Exception {
        Fetch fetch = Engines.anonymous(engine, folder, "3000000007");
        witness.stop = () -> Optional.of(Stop.SHUTDOWN).filter(stop -> seen(" \\d\\d\\.\\d\\d% .*"));
        assertThat(reason(engine.fetch(fetch, witness))).isEqualTo(Reason.STOPPED);
        witness.stop = Optional::empty;
        assertThat(reason(engine.fetch(fetch, witness))).isEqualTo(Reason.INCOMPLETE_CONTENT);
        assertThat(engine.fetch(fetch, witness)).isInstanceOf(Outcome.Fetched.class);
    }

    @Test
    void filesThatWereMadeReadOnlyAreWritableForTheNextRun() throws Exception {
        Fetch fetch = Engines.anonymous(engine, folder, "3000000000");
        assertThat(engine.fetch(fetch, witness)).isInstanceOf(Outcome.Fetched.class);
        Path file = Files.setPosixFilePermissions(fetch.content().resolve("project.json"),
                PosixFilePermissions.fromString("r--r--r--"));
        assertThat(engine.fetch(fetch, witness)).isInstanceOf(Outcome.Fetched.class);
        assertThat(witness.lines).anyMatch(line -> line.startsWith("Already have manifest"));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("rw-r--r--");
    }

    @Test
    void aDamagedNoteOfTheToolIsRemoved() throws Exception {
        Fetch fetch = Engines.anonymous(engine, folder, "3000000000");
        Path bookkeeping = Files.createDirectories(fetch.content().resolve(".DepotDownloader/staging/a"));
        Files.writeString(bookkeeping.resolve("leftover"), "x");
        Files.write(fetch.content().resolve(".DepotDownloader/depot.config"), new byte[] {1, 2, 3});
        assertThat(engine.fetch(fetch, witness)).isInstanceOf(Outcome.Fetched.class);
    }

    @Test
    void aTornSessionIsForgottenForTheNextRun() throws Exception {
        Fetch fetch = Engines.anonymous(engine, folder, "3000000000");
        Path storage = Files.createDirectories(fetch.home().resolve(".local/share/IsolatedStorage/a.b/c.d/Url.fake/AssemFiles"));
        Files.write(storage.resolve("account.config"), new byte[] {1, 2, 3});
        assertThat(reason(engine.fetch(fetch, witness))).isEqualTo(Reason.TOOL_CRASHED);
        assertThat(engine.fetch(fetch, witness)).isInstanceOf(Outcome.Fetched.class);
    }

    @Test
    void filesOfUnknownOriginAreNoContent() throws Exception {
        Fetch fetch = Engines.anonymous(engine, folder, "3000000000");
        Files.createDirectories(fetch.content());
        Files.writeString(fetch.content().resolve("old.txt"), "x");
        assertThat(((Outcome.Fetched) engine.fetch(fetch, witness)).files()).hasSize(3);
        assertThat(fetch.content().resolve("old.txt")).doesNotExist();
    }

    @Test
    void aRunMayNotTakeLongerThanItsTime() throws Exception {
        Fetch slow = Engines.anonymous(engine, folder, "3000000003");
        Outcome outcome = engine.fetch(new Fetch(slow.tool(), slow.appId(), slow.pubfileId(), slow.login(), slow.home(),
                slow.target(), false, Duration.ofSeconds(2)), witness);
        assertThat(outcome).isEqualTo(new Outcome.NotFetched(Reason.TIMED_OUT, "The download took longer than 2 seconds.", 143));
    }

    @Test
    void aToolThatIsNotThereIsNamed() throws Exception {
        DepotDownloader other = new DepotDownloader(Engines.config(folder, Map.of(
                "wallwhale.engine.depotdownloader-path", folder.resolve("none").toString())));
        Fetch fetch = new Fetch(other.tool().orElseThrow(), 1, "1", Optional.empty(), folder.resolve("home"),
                folder.resolve("target"), false, Duration.ofSeconds(60));
        assertThat(reason(other.fetch(fetch, witness))).isEqualTo(Reason.TOOL_MISSING);
        Files.writeString(folder.resolve("none"), "no program", StandardOpenOption.CREATE);
        assertThat(reason(other.fetch(fetch, witness))).isEqualTo(Reason.TOOL_MISSING);
        assertThat(engine.tool()).isEmpty();
        assertThat(engine.sandbox().sandbox()).isTrue();
    }

    @Test
    void foldersThatCannotBeMadeAreTold() throws Exception {
        Files.writeString(folder.resolve("home"), "a file");
        assertThat(reason(engine.fetch(Engines.anonymous(engine, folder, "3000000000"), witness)))
                .isEqualTo(Reason.NOT_WRITABLE);
        assertThat(witness.child).isNull();
    }

    private boolean seen(String pattern) {
        return witness.lines.stream().anyMatch(line -> line.matches(pattern));
    }

    private static Reason reason(Outcome outcome) {
        assertThat(outcome).isInstanceOf(Outcome.NotFetched.class);
        return ((Outcome.NotFetched) outcome).reason();
    }
}
