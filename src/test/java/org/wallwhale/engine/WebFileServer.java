package org.wallwhale.engine;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A web server on this machine that has files and knows ranges, and breaks off where a test says so. */
public final class WebFileServer implements AutoCloseable {
    private final Map<String, byte[]> files = new ConcurrentHashMap<>();
    private final Map<String, String> redirects = new ConcurrentHashMap<>();
    /** What was asked for: path and range. */
    private final List<String> requests = Collections.synchronizedList(new ArrayList<>());
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpServer server;
    private volatile int breakAfter = Integer.MAX_VALUE;
    private volatile boolean hidesLength;
    private volatile CountDownLatch gate = new CountDownLatch(0);

    public WebFileServer() {
        try {
            server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 100);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::answer);
        server.setExecutor(threads);
        server.start();
    }

    public String origin() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** The address of the file. */
    public String file(String path, byte[] bytes) {
        files.put(path, bytes);
        return origin() + path;
    }

    String redirect(String path, String target) {
        redirects.put(path, target);
        return origin() + path;
    }

    /** Each answer ends without warning after so many bytes of its body. */
    void breakAfter(int bytes) {
        breakAfter = bytes;
    }

    /** No answer says how long it is. */
    void hideLength() {
        hidesLength = true;
    }

    /** Each answer stands still in the middle until the latch is counted down. */
    public CountDownLatch holdBack() {
        gate = new CountDownLatch(1);
        return gate;
    }

    public List<String> requests() {
        return List.copyOf(requests);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String range = exchange.getRequestHeaders().getFirst("Range");
        requests.add(path + (range == null ? "" : " " + range));
        byte[] file = files.get(path);
        if (redirects.containsKey(path)) {
            exchange.getResponseHeaders().add("Location", redirects.get(path));
            exchange.sendResponseHeaders(302, -1);
        } else if (file == null) {
            exchange.sendResponseHeaders(404, -1);
        } else {
            send(exchange, file, range);
        }
        exchange.close();
    }

    private void send(HttpExchange exchange, byte[] file, String range) throws IOException {
        String tag = "\"" + Arrays.hashCode(file) + "\"";
        int from = range != null && tag.equals(exchange.getRequestHeaders().getFirst("If-Range"))
                ? Integer.parseInt(range.replaceAll("\\D", "")) : 0;
        exchange.getResponseHeaders().add("ETag", tag);
        if (from >= file.length) {
            exchange.getResponseHeaders().add("Content-Range", "bytes */" + file.length);
            exchange.sendResponseHeaders(416, -1);
            return;
        }
        if (from > 0) {
            exchange.getResponseHeaders().add("Content-Range", "bytes " + from + "-" + (file.length - 1) + "/" + file.length);
        }
        exchange.sendResponseHeaders(from > 0 ? 206 : 200, hidesLength ? 0 : file.length - from);
        OutputStream body = exchange.getResponseBody();
        int middle = Math.min(file.length, from + Math.min(breakAfter, (file.length - from) / 2));
        body.write(file, from, middle - from);
        body.flush();
        try {
            gate.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (breakAfter == Integer.MAX_VALUE) {
            body.write(file, middle, file.length - middle);
        }
    }

    @Override
    public void close() {
        gate.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
