package org.wallwhale.database;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** Stands between a server and its database: can be cut as if the database's machine were gone, fall silent, be slow, or tear messages. */
public final class DatabaseLine implements AutoCloseable {
    private static final int BUFFER = 64 * 1024;
    private final int target;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private int port;
    private ServerSocket listener;
    private Thread accepting;
    private long delayMillis;
    private volatile boolean tearing;

    /** Whole from the start on. */
    public DatabaseLine(int target) throws IOException {
        this.target = target;
        mend();
    }

    /** The port of this machine that leads to the target; the same all the time. */
    public int port() {
        return port;
    }

    /** Ends of connections that are open now. */
    public int connections() {
        return open.size();
    }

    /** Without delay, and open to new connections. What was held back flows at once. */
    public void mend() throws IOException {
        tearing = false;
        delay(0);
        if (listener != null && !listener.isClosed()) {
            return;
        }
        ServerSocket opened = new ServerSocket();
        opened.setReuseAddress(true);
        opened.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        port = opened.getLocalPort();
        listener = opened;
        accepting = start(() -> accept(opened));
    }

    /** Nobody who is connected, or still connects, gets through any longer when this returns. */
    public void cut() throws IOException {
        listener.close();
        try {
            // it may be about to take one more
            accepting.join();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
        for (Socket socket : open) {
            socket.close();
        }
        open.clear();
    }

    /** Every packet waits that long in each direction. */
    public void slow(int millis) {
        delay(millis);
    }

    /** Takes everything, new connections too, and hands nothing on. */
    public void silence() {
        delay(Long.MAX_VALUE);
    }

    /** The first byte of each packet goes through, and nothing else. */
    public void tear() {
        tearing = true;
        silence();
    }

    @Override
    public void close() throws IOException {
        tearing = false;
        delay(0);
        cut();
    }

    private synchronized void delay(long millis) {
        delayMillis = millis;
        notifyAll();
    }

    private synchronized void hold() throws InterruptedException {
        long since = System.nanoTime();
        for (long left = delayMillis; left > 0; left = delayMillis - TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - since)) {
            wait(left);
        }
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

    private void copy(Socket from, Socket to) {
        try (from; to; InputStream in = from.getInputStream(); OutputStream out = to.getOutputStream()) {
            byte[] packet = new byte[BUFFER];
            for (int length = in.read(packet); length >= 0; length = in.read(packet)) {
                int torn = tearing ? 1 : 0;
                out.write(packet, 0, torn);
                hold();
                out.write(packet, torn, length - torn);
            }
        } catch (IOException | InterruptedException cut) {
            // both ends are closed
        } finally {
            open.remove(from);
            open.remove(to);
        }
    }

    private static Thread start(Runnable task) {
        Thread thread = new Thread(task, "line to the database");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }
}
