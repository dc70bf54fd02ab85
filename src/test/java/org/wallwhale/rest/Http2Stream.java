package org.wallwhale.rest;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.util.List;

/**
 * Just enough of HTTP/2 (RFC 9113, RFC 7541 without compression) to begin a request and stop in the middle of its body, or of its answer:
 * no window is ever opened further.
 */
public final class Http2Stream implements AutoCloseable {
    private static final int DATA = 0;
    private static final int HEADERS = 1;
    private static final int RESET = 3;
    private static final int SETTINGS = 4;
    private static final int END_STREAM = 1;
    private static final int END_HEADERS = 4;
    private static final int PATIENCE_MILLIS = 20_000;
    private final Socket socket;

    private Http2Stream(Socket socket) {
        this.socket = socket;
    }

    static void startBody(List<Socket> open, URI server, String path, String key) throws IOException {
        Socket socket = new Socket(server.getHost(), server.getPort());
        open.add(socket);
        OutputStream out = socket.getOutputStream();
        begin(out, "POST", server, path, key, END_HEADERS);
        frame(out, DATA, 0, 1, "{".getBytes(US_ASCII));
        out.flush();
    }

    /** A whole GET, upon which the server may send 64 KiB. */
    public static Http2Stream get(URI server, String path, String key) throws IOException {
        Socket socket = new Socket(server.getHost(), server.getPort());
        socket.setSoTimeout(PATIENCE_MILLIS);
        begin(socket.getOutputStream(), "GET", server, path, key, END_HEADERS | END_STREAM);
        return new Http2Stream(socket);
    }

    private static void begin(OutputStream out, String method, URI server, String path, String key, int flags) throws IOException {
        out.write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(US_ASCII));
        frame(out, SETTINGS, 0, 0, new byte[0]);
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        field(head, ":method", method);
        field(head, ":scheme", "http");
        field(head, ":path", path);
        field(head, ":authority", server.getAuthority());
        field(head, "content-type", "application/json");
        field(head, "x-api-key", key);
        frame(out, HEADERS, flags, 1, head.toByteArray());
    }

    /** Reads up to the first bytes of the answer's body. */
    public void awaitBody() throws IOException {
        if (awaitFrame(DATA) != DATA) {
            throw new IOException("No body came");
        }
    }

    /** Whether the server says, before long, that the rest of the answer will not come; false as well if it says that this was all. */
    public boolean isReset() throws IOException {
        try {
            return awaitFrame(RESET) == RESET;
        } catch (SocketTimeoutException nothing) {
            return false;
        }
    }

    /** The type of the first frame that is {@code wanted} or ends the stream; -1 at the end of the connection. */
    private int awaitFrame(int wanted) throws IOException {
        DataInputStream in = new DataInputStream(socket.getInputStream());
        for (int first = in.read(); first >= 0; first = in.read()) {
            int length = first << 16 | in.readUnsignedShort();
            int type = in.readUnsignedByte();
            boolean ends = (type == DATA || type == HEADERS) && (in.readUnsignedByte() & END_STREAM) != 0;
            if (type != DATA && type != HEADERS) {
                in.readUnsignedByte();
            }
            in.readInt();
            in.readFully(new byte[length]);
            if (type == wanted || ends) {
                return type;
            }
        }
        return -1;
    }

    @Override
    public void close() throws IOException {
        socket.close();
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
