package org.wallwhale.rest;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.util.List;

/** Just enough of HTTP/2 (RFC 9113, RFC 7541 without compression) to begin a request and stop in the middle of its body. */
final class Http2Stream {
    private static final int DATA = 0;
    private static final int HEADERS = 1;
    private static final int SETTINGS = 4;
    private static final int END_HEADERS = 4;

    private Http2Stream() {
    }

    static void startBody(List<Socket> open, URI server, String path, String key) throws IOException {
        Socket socket = new Socket(server.getHost(), server.getPort());
        open.add(socket);
        OutputStream out = socket.getOutputStream();
        out.write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(US_ASCII));
        frame(out, SETTINGS, 0, 0, new byte[0]);
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        field(head, ":method", "POST");
        field(head, ":scheme", "http");
        field(head, ":path", path);
        field(head, ":authority", server.getAuthority());
        field(head, "content-type", "application/json");
        field(head, "x-api-key", key);
        frame(out, HEADERS, END_HEADERS, 1, head.toByteArray());
        frame(out, DATA, 0, 1, "{".getBytes(US_ASCII));
        out.flush();
    }

    private static void frame(OutputStream out, int type, int flags, int stream, byte[] payload) throws IOException {
        out.write(new byte[] {(byte) (payload.length >> 16), (byte) (payload.length >> 8), (byte) payload.length, (byte) type, (byte) flags,
            0, 0, 0, (byte) stream});
        out.write(payload);
    }

    /** A literal without indexing; both texts are shorter than 127 bytes. */
    private static void field(ByteArrayOutputStream head, String name, String value) {
        head.write(0);
        head.write(name.length());
        head.writeBytes(name.getBytes(US_ASCII));
        head.write(value.length());
        head.writeBytes(value.getBytes(US_ASCII));
    }
}
