package org.wallwhale.workshop;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A scripted Steam Web API on this machine, as far as it needs no key. */
public final class SteamWebServer implements AutoCloseable {
    /** One request: the method's name and the ids that it asked for. */
    public record Question(String method, List<String> ids) {
    }

    private static final ObjectMapper JSON = new ObjectMapper();
    private final Map<String, ObjectNode> details = new ConcurrentHashMap<>();
    private final Map<String, ObjectNode> collections = new ConcurrentHashMap<>();
    private final List<Question> questions = Collections.synchronizedList(new ArrayList<>());
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpServer server;
    private volatile int status = 200;
    private volatile String retryAfter;
    private volatile byte[] instead;
    private volatile CountDownLatch gate = new CountDownLatch(0);

    public SteamWebServer() {
        try {
            server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 100);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::answer);
        server.setExecutor(threads);
        server.start();
    }

    public String base() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** An item that everybody may see, to be changed by the caller. */
    public ObjectNode item(String id) {
        ObjectNode item = JSON.createObjectNode().put("publishedfileid", id).put("result", 1).put("consumer_app_id", 431960)
                .put("title", "Item " + id).put("visibility", 0).put("banned", 0).put("time_updated", 1_700_000_000);
        details.put(id, item);
        return item;
    }

    public void missing(String id, int result) {
        details.put(id, JSON.createObjectNode().put("publishedfileid", id).put("result", result));
    }

    public void collection(String id, String... children) {
        item(id).put("file_url", "https://steamuserimages-a.akamaihd.net/preview.jpg");
        ObjectNode collection = JSON.createObjectNode().put("publishedfileid", id).put("result", 1);
        ArrayNode list = collection.putArray("children");
        for (int i = 0; i < children.length; i++) {
            list.addObject().put("publishedfileid", children[i]).put("sortorder", i).put("filetype", 0);
        }
        collections.put(id, collection);
    }

    /** Answers all that follows so. */
    public void refuse(int code, String retryAfterSeconds) {
        status = code;
        retryAfter = retryAfterSeconds;
    }

    /** Answers all that follows by these bytes, until null. */
    public void answerWith(byte[] bytes) {
        instead = bytes;
    }

    /** Answers nothing until the returned latch is counted down. */
    public CountDownLatch holdBack() {
        gate = new CountDownLatch(1);
        return gate;
    }

    public List<Question> questions() {
        return List.copyOf(questions);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String form = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.US_ASCII);
        List<String> ids = Arrays.stream(form.split("&")).filter(part -> part.startsWith("publishedfileids"))
                .map(part -> URLDecoder.decode(part.substring(part.indexOf('=') + 1), StandardCharsets.UTF_8)).toList();
        String method = exchange.getRequestURI().getPath().split("/")[2];
        questions.add(new Question(exchange.getRequestMethod() + " " + method, ids));
        try {
            gate.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (retryAfter != null) {
            exchange.getResponseHeaders().add("Retry-After", retryAfter);
        }
        byte[] bytes = Objects.requireNonNullElse(instead, JSON.writeValueAsBytes(body(method, ids)));
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private ObjectNode body(String method, List<String> ids) {
        ObjectNode body = JSON.createObjectNode();
        boolean plain = method.equals("GetPublishedFileDetails");
        ArrayNode list = body.putObject("response").put("result", 1).putArray(plain ? "publishedfiledetails" : "collectiondetails");
        ids.forEach(id -> list.add((plain ? details : collections).getOrDefault(id,
                JSON.createObjectNode().put("publishedfileid", id).put("result", 9))));
        return body;
    }

    @Override
    public void close() {
        gate.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
