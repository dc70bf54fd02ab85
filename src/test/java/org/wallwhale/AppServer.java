package org.wallwhale;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** An application server with the built WAR as a process of its own, on 127.0.0.1 only. It ends with the JVM at the latest. */
public final class AppServer implements AutoCloseable {
    private static final Duration START_WITHIN = Duration.ofMinutes(8);
    private final Process process;
    private final String url;
    private ProcessHandle server;

    private AppServer(Process process, String url) {
        this.process = process;
        this.url = url;
    }

    /**
     * Ready to answer on return.
     *
     * @param folder of its files and its log, {@code server.log}
     * @param context {@code /}, or a path without a slash at its end
     * @param settings environment variables
     */
    static AppServer start(ServerKind kind, Path folder, String context, int port, Map<String, String> settings)
            throws IOException, InterruptedException {
        Path log = folder.resolve("server.log");
        Path war = Path.of(System.getProperty("war.under.test"));
        ProcessBuilder builder = new ProcessBuilder(kind.install(folder, war, context, port))
                .redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().putAll(kind.environment());
        builder.environment().putAll(settings);
        builder.environment().put("WALLWHALE_HTTP_PORT", String.valueOf(port));
        AppServer server = new AppServer(builder.start(), "http://127.0.0.1:" + port + (context.equals("/") ? "" : context));
        Runtime.getRuntime().addShutdownHook(new Thread(server::close));
        long deadline = System.nanoTime() + START_WITHIN.toNanos();
        List<String> deploy = kind.deploy(war, context, port);
        boolean deployed = deploy.isEmpty();
        while (!deployed || !server.isStarted()) {
            deployed = deployed || isDone(deploy, kind.environment());
            if (!server.process.isAlive() || System.nanoTime() > deadline) {
                throw new IllegalStateException("The server does not start, see " + log);
            }
            LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
        }
        server.server = kind.comesWithScript() ? server.process.children().findFirst().orElseThrow() : server.process.toHandle();
        return server;
    }

    /** Of the application, without a slash at its end. */
    public String url() {
        return url;
    }

    /** Of the server's Java machine, which is not the process that was started where the server comes with a script. */
    public long pid() {
        return server.pid();
    }

    private static boolean isDone(List<String> command, Map<String, String> environment) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(Redirect.DISCARD);
        builder.environment().putAll(environment);
        return builder.start().waitFor() == 0;
    }

    private boolean isStarted() throws InterruptedException {
        try {
            return HttpClient.newHttpClient().send(HttpRequest.newBuilder(URI.create(url + "/health/started")).build(),
                    BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    /** Deletes a folder that an earlier run left, and makes it anew. */
    static Path fresh(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> old = Files.walk(folder)) {
                for (Path path : old.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
        return Files.createDirectories(folder);
    }

    /** A server's script has the server as its child, and may have ended before it. */
    @Override
    public void close() {
        List<ProcessHandle> all = Stream.of(process.descendants(), Stream.ofNullable(server), Stream.of(process.toHandle()))
                .flatMap(some -> some).toList();
        try {
            // the server alone at first, which ends what it has started by itself
            ProcessHandle first = server == null ? process.toHandle() : server;
            first.destroy();
            first.onExit().orTimeout(30, TimeUnit.SECONDS).exceptionally(tooLong -> null).get();
            all.forEach(ProcessHandle::destroy);
            for (ProcessHandle one : all) {
                one.onExit().orTimeout(30, TimeUnit.SECONDS).exceptionally(tooLong -> null).get();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
        all.forEach(ProcessHandle::destroyForcibly);
    }
}
