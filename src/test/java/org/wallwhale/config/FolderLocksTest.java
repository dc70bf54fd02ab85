package org.wallwhale.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Between processes: those that hold a lock are others, as they are in life. */
class FolderLocksTest {
    @TempDir
    private Path root;

    @Test
    void aRestoreIsRefusedAsLongAsOneOfTheServersLives() throws Exception {
        Process one = start("one");
        Process two = start("two");
        assertThatThrownBy(locks(root)::keepServersOff).isInstanceOf(IllegalStateException.class)
                .hasMessageMatching("The data folder .* is in use by a running server \\((one, two|two, one)\\).*stop every server of it.*");
        kill(one);
        assertThatThrownBy(locks(root)::keepServersOff).hasMessageContaining("a running server (two)");
        kill(two);
        locks(root).keepServersOff().close();
        assertThat(root.resolve("instances/one.lock")).exists();
    }

    @Test
    void noServerStartsDuringARestoreAndNoOtherRestore() throws Exception {
        Process restore = start("-");
        assertThatThrownBy(() -> locks(root).join("one")).hasMessage("The start is refused for now: a backup is being restored with this data "
                + "folder. Start the server again once that is done.");
        assertThatThrownBy(locks(root)::keepServersOff).hasMessageStartingWith("Another restore uses the data folder");
        kill(restore);
        Closeable one = locks(root).join("one");
        locks(root).join("restore").close();
        assertThatThrownBy(locks(root)::keepServersOff).hasMessageContaining("a running server (one)");
        one.close();
    }

    private Process start(String name) throws IOException {
        Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
                System.getProperty("java.class.path"), FolderLocksTest.class.getName(), root.toString(), name)
                .redirectError(ProcessBuilder.Redirect.INHERIT).start();
        BufferedReader out = process.inputReader();
        // who waits for what never comes fails
        CompletableFuture.delayedExecutor(2, TimeUnit.MINUTES).execute(process::destroyForcibly);
        assertThat(out.readLine()).isEqualTo("held");
        return process;
    }

    private static void kill(Process process) throws InterruptedException {
        assertThat(process.destroyForcibly().waitFor(30, TimeUnit.SECONDS)).isTrue();
    }

    private static FolderLocks locks(Path root) {
        return new FolderLocks(new DataFolder(new Settings(key -> Optional.of(root.toString()))));
    }

    /** Holds the lock of a server, or that of a restore for {@code -}, until it is killed or its input ends. */
    public static void main(String[] arguments) throws IOException {
        FolderLocks locks = locks(Path.of(arguments[0]));
        try (Closeable held = arguments[1].equals("-") ? locks.keepServersOff() : locks.join(arguments[1])) {
            System.out.println(held == null ? "nothing" : "held");
            System.in.read();
        }
    }
}
