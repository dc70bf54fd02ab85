package org.wallwhale.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** Runs a command at a terminal of its own, which `script` of util-linux makes, and types there. */
final class PersonAtTerminal implements AutoCloseable {
    private final Process process;
    private final BufferedReader shown;

    PersonAtTerminal(Map<String, String> variables, String... arguments) throws IOException {
        String line = "exec '" + Path.of(System.getProperty("java.home"), "bin", "java") + "' -XX:TieredStopAtLevel=1 -cp '" + System.getProperty("java.class.path")
                + "' org.wallwhale.cli.Main " + List.of(arguments).stream().map(word -> "'" + word + "'").collect(Collectors.joining(" "));
        ProcessBuilder builder = new ProcessBuilder("script", "--quiet", "--return", "--command", line, "/dev/null").redirectErrorStream(true);
        builder.environment().putAll(Map.of("SHELL", "/bin/sh", "NO_COLOR", "1"));
        builder.environment().putAll(variables);
        process = builder.start();
        // who waits for what never comes is told what came
        CompletableFuture.delayedExecutor(3, TimeUnit.MINUTES).execute(process::destroyForcibly);
        shown = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    void type(String text) throws IOException {
        process.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
        process.getOutputStream().flush();
    }

    /** All that is shown until {@code end}, or to the end where that is null. */
    String until(String end) throws IOException {
        StringBuilder text = new StringBuilder();
        for (int next = shown.read(); next >= 0; next = shown.read()) {
            text.append((char) next);
            if (end != null && text.toString().endsWith(end)) {
                return text.toString();
            }
        }
        assertThat(end).as(text.toString()).isNull();
        return text.toString();
    }

    int exitCode() throws InterruptedException {
        return process.waitFor();
    }

    @Override
    public void close() throws IOException {
        process.destroyForcibly();
        try {
            process.waitFor(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        shown.close();
    }
}
