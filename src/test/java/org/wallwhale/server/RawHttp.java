package org.wallwhale.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * HTTP over bare sockets, a new one for each request, for what no client library does.
 *
 * @param port of 127.0.0.1
 * @param source the address of this machine that requests come from
 */
record RawHttp(int port, String source) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int PATIENCE_MILLIS = 90_000;

    RawHttp(int port) {
        this(port, "127.0.0.1");
    }

    /** A whole answer. */
    record Reply(String head, String body) {
        int status() {
            return Integer.parseInt(head.substring(9, 12));
        }

        /** Empty when there is no such header. */
        String header(String name) {
            return head.lines().filter(line -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1))
                    .map(line -> line.substring(name.length() + 1).strip()).findFirst().orElse("");
        }

        JsonNode json() {
            try {
                return JSON.readTree(body);
            } catch (IOException e) {
                throw new AssertionError("No JSON: " + body, e);
            }
        }
    }

    Reply get(String path, String... headers) {
        return send("GET", path, "", headers);
    }

    /** {@code headers} are whole lines. */
    Reply send(String method, String path, String body, String... headers) {
        String text = ask(request(method, path, body, headers), PATIENCE_MILLIS);
        int end = text.indexOf("\r\n\r\n");
        if (end < 0) {
            throw new UncheckedIOException(new IOException(method + " " + path + " was not answered: " + text));
        }
        return new Reply(text.substring(0, end), text.substring(end + 4));
    }

    /** HTTP/1.0, so that the answer is never chunked. */
    static String request(String method, String path, String body, String... headers) {
        StringBuilder text = new StringBuilder(method + " " + path + " HTTP/1.0\r\nHost: localhost\r\n");
        Arrays.stream(headers).forEach(header -> text.append(header).append("\r\n"));
        if (!body.isEmpty()) {
            text.append("Content-Type: application/json\r\nContent-Length: ").append(body.length()).append("\r\n");
        }
        return text + "\r\n" + body;
    }

    /** All that comes back before the other side closes, or says nothing for so long. */
    String ask(String text, int patienceMillis) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        try (Socket socket = open(text)) {
            socket.setSoTimeout(patienceMillis);
            InputStream in = socket.getInputStream();
            byte[] part = new byte[8192];
            for (int count = in.read(part); count >= 0; count = in.read(part)) {
                all.write(part, 0, count);
            }
        } catch (SocketTimeoutException e) {
            // what there is, is the answer
        } catch (IOException e) {
            if (all.size() == 0 && !String.valueOf(e.getMessage()).contains("reset")) {
                throw new UncheckedIOException(e);
            }
        }
        return all.toString(StandardCharsets.ISO_8859_1);
    }

    /** A connection on which this was sent. */
    Socket open(String text) throws IOException {
        Socket socket = new Socket();
        socket.bind(new InetSocketAddress(InetAddress.getByName(source), 0));
        socket.connect(new InetSocketAddress("127.0.0.1", port));
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        return socket;
    }
}
