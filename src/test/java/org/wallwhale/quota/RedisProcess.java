package org.wallwhale.quota;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.RedisClient;

/** A real Redis that keeps nothing on the disk unless it is told to, which a test may kill and start anew at the same port. */
public final class RedisProcess implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private final Path folder;
    private final String password;
    private final int port;
    private Process process;

    public RedisProcess(Path folder, String password) throws IOException {
        this.folder = folder;
        this.password = password;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        start();
    }

    /** Answers on return. */
    public void start() throws IOException {
        process = new ProcessBuilder("redis-server", "--port", String.valueOf(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no",
                "--requirepass", password).directory(folder.toFile()).redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("redis.log").toFile())).start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try (Socket socket = new Socket("127.0.0.1", port)) {
                return;
            } catch (IOException e) {
                if (System.nanoTime() > deadline || !process.isAlive()) {
                    throw new AssertionError("redis-server does not start, see " + folder.resolve("redis.log"), e);
                }
                LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
            }
        }
    }

    /** SIGKILL. */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** What an operator might. */
    Object tell(String command, String... arguments) {
        try (RedisClient client = RedisClient.create(url(password))) {
            return client.sendCommand(Protocol.Command.valueOf(command), arguments);
        }
    }

    /** How many connections are open, but for the one that asks. */
    public long clients() {
        String list = new String((byte[]) tell("CLIENT", "LIST"), StandardCharsets.US_ASCII);
        return list.lines().count() - 1;
    }

    public URI url(String withPassword) {
        return URI.create("redis://:" + withPassword + "@127.0.0.1:" + port);
    }

    @Override
    public void close() throws InterruptedException {
        kill();
    }
}
