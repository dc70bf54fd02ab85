package org.wallwhale.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Stands between a server and its database, and can be cut as if the database's machine were gone. */
final class CuttableConnection implements AutoCloseable {
    private final int target;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private int port;
    private ServerSocket listener;

    /** Whole from the start on. */
    CuttableConnection(int target) throws IOException {
        this.target = target;
        mend();
    }

    /** The port of this machine that leads to the target; the same all the time. */
    int port() {
        return port;
    }

    void mend() throws IOException {
        listener = new ServerSocket();
        listener.setReuseAddress(true);
        listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        port = listener.getLocalPort();
        ServerSocket current = listener;
        start(() -> accept(current));
    }

    void cut() throws IOException {
        listener.close();
        for (Socket socket : open) {
            socket.close();
        }
        open.clear();
    }

    @Override
    public void close() throws IOException {
        cut();
    }

    private void accept(ServerSocket from) {
        try {
            while (true) {
                Socket client = from.accept();
                Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
                open.add(client);
                open.add(server);
                start(() -> copy(client, server));
                start(() -> copy(server, client));
            }
        } catch (IOException cut) {
            // the end of it
        }
    }

    private static void copy(Socket from, Socket to) {
        try (from; to) {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException cut) {
            // both ends are closed
        }
    }

    private static void start(Runnable task) {
        Thread thread = new Thread(task, "connection to the database");
        thread.setDaemon(true);
        thread.start();
    }
}
