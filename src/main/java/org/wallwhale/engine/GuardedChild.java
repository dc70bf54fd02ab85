package org.wallwhale.engine;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The tool below its guarding script, {@code dead-man.sh}. Nothing here blocks for long: output is read as far as it is
 * there. The script outlives the tool until {@link #exitCode}, because Java itself would otherwise read the pipes behind our
 * back once its child has ended, and mix up the order of what is left in them.
 */
final class GuardedChild implements AutoCloseable {
    private static final long START_SECONDS = 30;
    private static final long END_SECONDS = 10;
    private static final String ANNOUNCEMENT = "child ";

    private final Process script;
    private final ChildProcess identity;
    private final ProcessHandle tool;

    private GuardedChild(Process script, ChildProcess identity, ProcessHandle tool) {
        this.script = script;
        this.identity = identity;
        this.tool = tool;
    }

    /** The tool exists afterwards, with its final process id, but does nothing before {@link #release}. */
    static GuardedChild start(Path deadMan, Path heartbeat, CommandLine commandLine, Path folder)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("bash", deadMan.toString(), heartbeat.toString(),
                Long.toString(ProcessHandle.current().pid())));
        command.addAll(commandLine.arguments());
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().clear();
        builder.environment().putAll(commandLine.environment());
        Process script = builder.start();
        try {
            long pid = announcedPid(script);
            ProcessHandle tool = ProcessHandle.of(pid).orElseThrow(() -> new IOException("The child is already gone."));
            ChildProcess identity = ChildProcess.of(pid).orElseThrow(() -> new IOException("The child has no start time."));
            return new GuardedChild(script, identity, tool);
        } catch (IOException | InterruptedException e) {
            // Without "go" the end of its standard input ends the tool unused.
            script.destroy();
            throw e;
        }
    }

    ChildProcess identity() {
        return identity;
    }

    void release() {
        write("go");
    }

    /** One line for the tool's standard input. A tool that is gone needs no answer. */
    void write(String line) {
        try {
            script.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
            script.getOutputStream().flush();
        } catch (IOException e) {
            // Its end is seen by ended().
        }
    }

    /** Reads what is there, which may be nothing: 0. */
    int read(Source source, byte[] block) throws IOException {
        InputStream in = source == Source.OUT ? script.getInputStream() : script.getErrorStream();
        int available = in.available();
        return available == 0 ? 0 : Math.max(0, in.read(block, 0, Math.min(available, block.length)));
    }

    /** Whether the tool is gone. Output may still lie in the pipes. */
    boolean ended() {
        return !tool.isAlive() || !script.isAlive();
    }

    void pause(Duration time) throws InterruptedException {
        script.waitFor(time.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** The processor time that the tool has used. */
    Duration processorTime() {
        return tool.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    /** TERM for the whole group; the script sends KILL ten seconds later. Unlike Process.destroy it keeps the pipes open. */
    void terminate() {
        script.toHandle().destroy();
    }

    /** KILL for the whole group, now. */
    void kill() throws InterruptedException {
        identity.kill();
    }

    /** The tool's exit code as a shell shows it. Call after {@link #ended}, when all output is read. */
    int exitCode() throws InterruptedException {
        closeInput();
        if (!script.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
            script.toHandle().destroyForcibly();
        }
        return script.waitFor();
    }

    /** Leaves nothing of the run alive. */
    @Override
    public void close() {
        boolean interrupted = false;
        for (boolean done = false; !done;) {
            try {
                kill();
                exitCode();
                done = true;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        script.destroyForcibly();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void closeInput() {
        try {
            script.getOutputStream().close();
        } catch (IOException e) {
            // What could not be flushed has no reader any more.
        }
    }

    private static long announcedPid(Process script) throws IOException, InterruptedException {
        InputStream in = script.getErrorStream();
        StringBuilder line = new StringBuilder();
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
        while (System.nanoTime() < deadline) {
            while (in.available() > 0) {
                int next = in.read();
                if (next == '\n' && line.indexOf(ANNOUNCEMENT) == 0) {
                    return Long.parseLong(line.substring(ANNOUNCEMENT.length()));
                }
                if (line.length() > 0 && line.charAt(line.length() - 1) == '\n') {
                    // A shell may warn of its locale first.
                    line.setLength(0);
                }
                line.append((char) next);
            }
            if (script.waitFor(5, TimeUnit.MILLISECONDS) && in.available() == 0) {
                break;
            }
        }
        throw new IOException("The guarding script did not start: " + line);
    }
}
