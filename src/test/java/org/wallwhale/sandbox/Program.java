package org.wallwhale.sandbox;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** The packed sandbox as a child process with a HOME and a target folder of its own, below one folder of the test. */
final class Program {
    private static final Path JAR = Path.of("target/classes/org/wallwhale/engine/wallwhale-sandbox.jar").toAbsolutePath();

    final Path home;
    final Path target;
    private final Path folder;
    private final Map<String, String> environment = new HashMap<>();
    private final List<Process> started = new ArrayList<>();

    Program(Path folder) throws IOException {
        this.folder = folder;
        this.home = Files.createDirectories(folder.resolve("home"));
        this.target = folder.resolve("target");
        knob("delay_ms", "5");
        environment.put("HOME", home.toString());
        environment.put("LC_ALL", "C.UTF-8");
        environment.put("PATH", System.getenv("PATH"));
    }

    Program knob(String name, String value) {
        environment.put("WALLWHALE_SANDBOX_".concat(name.toUpperCase(Locale.ROOT)), value);
        return this;
    }

    Program environment(String name, String value) {
        environment.put(name, value);
        return this;
    }

    /** Downloads the item of those last two digits to its end. */
    Result download(String digits, String stdin, String... more) throws IOException {
        return run(stdin, item(digits, more));
    }

    /** Runs to the end with that standard input. */
    Result run(String stdin, String... arguments) throws IOException {
        Path input = Files.writeString(folder.resolve("stdin"), stdin);
        Running running = new Running(builder(arguments).redirectInput(input.toFile()));
        await("the end of the run", () -> !running.process.isAlive());
        return running.result();
    }

    /** Starts the download of an item, its standard input a pipe. */
    Running start(String digits, String... more) throws IOException {
        return new Running(builder(item(digits, more)));
    }

    /** Starts the download of an item with all its streams as pipes. */
    Process startPiped(String digits) throws IOException {
        Process process = builder(item(digits)).start();
        started.add(process);
        return process;
    }

    /** Leaves no process behind, however a test ended. */
    void stop() {
        started.forEach(Process::destroyForcibly);
    }

    Path file(String name) {
        return target.resolve(name);
    }

    String journal() throws IOException {
        return Files.readString(home.resolve("sandbox-journal.jsonl"));
    }

    static void await(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("Waited in vain for " + what);
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
        }
    }

    private String[] item(String digits, String... more) {
        List<String> words = new ArrayList<>(List.of("-app", "431960", "-pubfile", "37" + digits, "-dir", target.toString()));
        words.addAll(List.of(more));
        return words.toArray(String[]::new);
    }

    private ProcessBuilder builder(String... arguments) {
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto", "-Xmx64m", "-jar", JAR.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        return builder;
    }

    /** A run whose output goes to files. */
    final class Running {
        final Process process;
        final Path out = folder.resolve("out" + started.size());
        private final Path err = folder.resolve("err" + started.size());

        private Running(ProcessBuilder builder) throws IOException {
            process = builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
            started.add(process);
        }

        void awaitOut(String text) {
            await("'" + text + "' on stdout", () -> read(out).contains(text) || !process.isAlive());
        }

        void awaitErr(String text) {
            await("'" + text + "' on stderr", () -> read(err).contains(text) || !process.isAlive());
        }

        void type(String line) throws IOException {
            process.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
            process.getOutputStream().flush();
        }

        Result finish() {
            await("the end of the run", () -> !process.isAlive());
            return result();
        }

        Result kill() {
            process.destroyForcibly();
            return finish();
        }

        Result result() {
            return new Result(process.isAlive() ? -1 : process.exitValue(), read(out), read(err));
        }

        private String read(Path file) {
            try {
                return Files.exists(file) ? new String(Files.readAllBytes(file), StandardCharsets.UTF_8) : "";
            } catch (IOException unreadable) {
                throw new AssertionError(unreadable);
            }
        }
    }

    /** How a run ended; the exit status is -1 while it goes on. */
    record Result(int status, String out, String err) {
    }
}
