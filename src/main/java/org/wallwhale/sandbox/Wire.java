package org.wallwhale.sandbox;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;

/** Protocol buffer messages in raw DEFLATE, as DepotDownloader keeps its two settings files; just the shapes those need. */
final class Wire {
    private static final int LENGTH_DELIMITED = 2;

    private Wire() {
    }

    static void save(Path file, ByteArrayOutputStream message) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
        try (DeflaterOutputStream stream = new DeflaterOutputStream(packed, deflater)) {
            message.writeTo(stream);
        }
        deflater.end();
        Files.write(file, packed.toByteArray());
    }

    /** The bodies of all fields of that number; a damaged file is what .NET makes of it, an unhandled exception. */
    static List<ByteBuffer> load(Path file, int field) throws IOException {
        byte[] packed = Files.readAllBytes(file);
        try (InflaterInputStream stream = new InflaterInputStream(new ByteArrayInputStream(packed), new Inflater(true))) {
            return fields(ByteBuffer.wrap(stream.readAllBytes()), field);
        } catch (IOException | BufferUnderflowException | IllegalArgumentException damaged) {
            throw Unhandled.badData();
        }
    }

    static void field(ByteArrayOutputStream message, int field, byte[] body) {
        varint(message, field << 3 | LENGTH_DELIMITED);
        varint(message, body.length);
        message.writeBytes(body);
    }

    static void field(ByteArrayOutputStream message, int field, long value) {
        varint(message, field << 3);
        varint(message, value);
    }

    static long varint(ByteBuffer message) {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            byte part = message.get();
            value |= (part & 0x7FL) << shift;
            if (part >= 0) {
                return value;
            }
        }
        throw new IllegalArgumentException();
    }

    static ByteBuffer body(ByteBuffer message) {
        int length = Math.toIntExact(varint(message) & Integer.MAX_VALUE);
        if (length > message.remaining()) {
            throw new BufferUnderflowException();
        }
        ByteBuffer body = message.slice(message.position(), length);
        message.position(message.position() + length);
        return body;
    }

    static String text(ByteBuffer body) {
        return StandardCharsets.UTF_8.decode(body).toString();
    }

    private static List<ByteBuffer> fields(ByteBuffer message, int field) {
        List<ByteBuffer> bodies = new ArrayList<>();
        while (message.hasRemaining()) {
            long tag = varint(message);
            ByteBuffer body = body(message);
            if (tag == (field << 3 | LENGTH_DELIMITED)) {
                bodies.add(body);
            }
        }
        return bodies;
    }

    private static void varint(ByteArrayOutputStream message, long value) {
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            message.write((int) (rest & 0x7F | 0x80));
            rest >>>= 7;
        }
        message.write((int) rest);
    }
}
