package org.wallwhale.sandbox;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;

/** Results that look right to a reader of the text. */
final class Spoiling {
    private Spoiling() {
    }

    /** Takes the last byte from the first large file and leaves nothing but a hole of the last one. */
    static void spoil(Target target, Item item) throws IOException {
        ItemFile first = null;
        ItemFile last = null;
        for (ItemFile file : item.files) {
            if (file.size() > 0 && !file.name().equals(Item.PROJECT)) {
                first = first == null ? file : first;
                last = file;
            }
        }
        setLength(target, first, first.size() - 1);
        if (last != first) {
            setLength(target, last, 0);
            setLength(target, last, last.size());
        }
    }

    /** Lines with bytes that are no UTF-8, a carriage return alone, NUL, terminal sequences with and without a progress. */
    static byte[] badBytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(new byte[] {(byte) 0xC3, 0x28, ' ', (byte) 0xFF, (byte) 0xFE, '\n'});
        bytes.writeBytes("before\rafter\nnul\0nul\n\33[31mred\33[0m\n\33]9;4;1;50\7\n".getBytes(StandardCharsets.US_ASCII));
        return bytes.toByteArray();
    }

    private static void setLength(Target target, ItemFile file, long length) throws IOException {
        try (RandomAccessFile bytes = new RandomAccessFile(target.path(file).toFile(), "rw")) {
            bytes.setLength(length);
        }
    }
}
