package org.wallwhale.sandbox;

import java.io.ByteArrayOutputStream;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * The three standard streams, unbuffered: every call is one write, in UTF-8 whatever the locale. A low surrogate between U+DC80
 * and U+DCFF stands for the raw byte 80 to FF, so that a text can carry bytes that are no UTF-8. A reader that went away
 * is not noticed, as in .NET. Parts are joined by hand because string templates cost more start-up time than the rest.
 */
final class Console {
    private final OutputStream out = new FileOutputStream(FileDescriptor.out);
    private final OutputStream err = new FileOutputStream(FileDescriptor.err);
    private final InputStream in = new FileInputStream(FileDescriptor.in);

    /** Writes to stdout without a line end. */
    void out(Object... parts) {
        write(out, bytes(joined(parts)));
    }

    /** Writes a line to stdout. */
    void line(Object... parts) {
        write(out, bytes(joined(parts).append('\n')));
    }

    /** Writes to stderr without a line end. */
    void err(Object... parts) {
        write(err, bytes(joined(parts)));
    }

    /** Writes a line to stderr. */
    void errLine(Object... parts) {
        write(err, bytes(joined(parts).append('\n')));
    }

    void raw(byte[] bytes) {
        write(out, bytes);
    }

    /** The bytes of one line of stdin without its end, or null when stdin is at its end. */
    byte[] readLine() {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        try {
            int next = in.read();
            if (next < 0) {
                return null;
            }
            while (next >= 0 && next != '\n') {
                line.write(next);
                next = in.read();
            }
        } catch (IOException unreadable) {
            return null;
        }
        return line.toByteArray();
    }

    /** Lets go of stdout and stderr: the JDK puts /dev/null in their place, so the parent's pipes reach their end. */
    void close() throws IOException {
        out.close();
        err.close();
    }

    static StringBuilder joined(Object... parts) {
        StringBuilder text = new StringBuilder();
        for (Object part : parts) {
            text.append(part);
        }
        return text;
    }

    private static byte[] bytes(StringBuilder text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length() + 16);
        int start = 0;
        for (int at = 0; at < text.length(); at++) {
            if (isRawByte(text, at)) {
                bytes.writeBytes(text.substring(start, at).getBytes(StandardCharsets.UTF_8));
                bytes.write(text.charAt(at) & 0xFF);
                start = at + 1;
            }
        }
        bytes.writeBytes(text.substring(start).getBytes(StandardCharsets.UTF_8));
        return bytes.toByteArray();
    }

    static boolean isRawByte(StringBuilder text, int at) {
        char character = text.charAt(at);
        return character >= 0xDC80 && character <= 0xDCFF && (at == 0 || !Character.isHighSurrogate(text.charAt(at - 1)));
    }

    private static void write(OutputStream stream, byte[] bytes) {
        try {
            stream.write(bytes);
        } catch (IOException readerGone) {
            // .NET swallows a broken pipe; the work goes on.
        }
    }
}
