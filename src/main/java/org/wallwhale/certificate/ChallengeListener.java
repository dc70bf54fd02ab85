package org.wallwhale.certificate;

import java.io.IOException;
import java.io.InputStream;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Answers a certificate authority where no server does, for as long as it is open, one request a connection. By sockets, because some
 * servers hide Java's own HTTP server from applications.
 */
final class ChallengeListener implements AutoCloseable {
    private static final int AT_ONCE = 64;
    /** However slowly somebody sends. */
    private static final Duration ASKED_WITHIN = Duration.ofSeconds(5);
    private static final int LONGEST_LINE = 1024;
    private final ServerSocket socket;
    private final ThreadPoolExecutor threads = new ThreadPoolExecutor(0, AT_ONCE + 1, 1, TimeUnit.SECONDS, new SynchronousQueue<>());

    ChallengeListener(int port, ChallengeFiles files) {
        try {
            socket = new ServerSocket(port);
        } catch (IOException e) {
            throw new AcmeException("Port " + port + ", where the certificate authority looks for the answer, cannot be listened on ("
                    + e.getMessage() + "): end what has it, run this as a user who may, or have port 80 forwarded to --port.", false, null, e);
        }
        threads.execute(() -> accept(files));
    }

    /** Whether one could be opened there now. */
    static boolean isFree(int port) {
        try (ServerSocket trial = new ServerSocket(port)) {
            return trial.isBound();
        } catch (IOException e) {
            return false;
        }
    }

    int port() {
        return socket.getLocalPort();
    }

    private void accept(ChallengeFiles files) {
        while (!socket.isClosed()) {
            try {
                Socket client = socket.accept();
                try {
                    threads.execute(() -> answer(client, files));
                } catch (RejectedExecutionException e) {
                    client.close();
                }
            } catch (IOException e) {
                // closed, or one that went before it was taken
            }
        }
    }

    private static void answer(Socket client, ChallengeFiles files) {
        try (client) {
            String[] words = line(client).split(" ");
            String path = words.length > 1 && words[0].equals("GET") ? words[1] : "";
            Optional<String> answer = path.startsWith(ChallengeFiles.PATH) ? files.find(path.substring(ChallengeFiles.PATH.length())) : Optional.empty();
            String body = answer.orElse("");
            client.getOutputStream().write(("HTTP/1.1 " + (answer.isPresent() ? "200 OK" : "404 Not Found") + "\r\nContent-Type: application/octet-stream\r\n"
                    + "Content-Length: " + body.length() + "\r\nConnection: close\r\n\r\n" + body).getBytes(StandardCharsets.US_ASCII));
            client.shutdownOutput();
            // closing with something unread would take the answer back
            client.setSoTimeout(1000);
            client.getInputStream().skipNBytes(client.getInputStream().available());
        } catch (IOException e) {
            // the authority asks again
        }
    }

    private static String line(Socket client) throws IOException {
        long end = System.nanoTime() + ASKED_WITHIN.toNanos();
        StringBuilder line = new StringBuilder();
        InputStream in = client.getInputStream();
        for (int next = '\0'; next != '\n' && line.length() < LONGEST_LINE; line.append((char) next)) {
            client.setSoTimeout((int) Math.max(1, TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime())));
            next = in.read();
            if (next < 0 || System.nanoTime() - end > 0) {
                throw new IOException("no request");
            }
        }
        return line.toString();
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            // nobody listens any longer
        }
        threads.shutdown();
    }
}
