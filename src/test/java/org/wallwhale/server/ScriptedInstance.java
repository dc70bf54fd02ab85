package org.wallwhale.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Stands where nginx expects an instance, and does with each request what the test says. */
final class ScriptedInstance implements AutoCloseable {
    private final ServerSocket socket;
    private final Deed deed;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Socket> connections = new CopyOnWriteArrayList<>();
    private final List<String> heads = new CopyOnWriteArrayList<>();

    private ScriptedInstance(ServerSocket socket, Deed deed) {
        this.socket = socket;
        this.deed = deed;
    }

    /** What happens when a whole request has come. */
    interface Deed {
        void run(Socket connection) throws IOException;
    }

    static ScriptedInstance start(Deed deed) throws IOException {
        ScriptedInstance instance = new ScriptedInstance(new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1")), deed);
        instance.threads.submit(instance::accept);
        return instance;
    }

    static ScriptedInstance answering() throws IOException {
        return start(connection -> say(connection, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}"));
    }

    static void say(Socket connection, String text) throws IOException {
        connection.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    int port() {
        return socket.getLocalPort();
    }

    /** The heads of all requests that came whole. */
    List<String> heads() {
        return heads;
    }

    int connections() {
        return connections.size();
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                Socket connection = socket.accept();
                connections.add(connection);
                threads.submit(() -> serve(connection));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket connection) {
        try (connection) {
            for (String head = head(connection.getInputStream()); !head.isEmpty(); head = head(connection.getInputStream())) {
                String length = head.lines().filter(line -> line.toLowerCase().startsWith("content-length:")).findFirst().orElse(":0");
                connection.getInputStream().readNBytes(Integer.parseInt(length.substring(length.indexOf(':') + 1).strip()));
                heads.add(head);
                deed.run(connection);
            }
        } catch (IOException e) {
            // the other side, or the test, closed it
        }
    }

    /** Empty at the end of the connection. */
    private static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int one = in.read();
            if (one < 0) {
                return "";
            }
            head.append((char) one);
        }
        return head.toString();
    }

    @Override
    public void close() {
        try {
            socket.close();
            for (Socket connection : connections) {
                connection.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        threads.shutdownNow();
    }
}
