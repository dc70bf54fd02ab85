package org.wallwhale.store;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The records of a zip file (PKWARE APPNOTE.TXT 6.3.10, sections 4.3 to 4.5): entries stored without compression, named in
 * UTF-8, dated 1980-01-01, with the rights {@code -rw-r--r--}. A field that is too narrow holds all ones and its value stands
 * in a Zip64 record; there are no others.
 */
final class ZipRecords {
    private static final long ALL_ONES_32 = 0xFFFF_FFFFL;
    private static final int ALL_ONES_16 = 0xFFFF;
    private static final short VERSION_PLAIN = 10;
    private static final short VERSION_ZIP64 = 45;
    private static final short MADE_BY_UNIX = 3 << 8 | VERSION_ZIP64;
    private static final short UTF8_NAME = 1 << 11;
    private static final short STORED = 0;
    private static final short MIDNIGHT = 0;
    private static final short FIRST_DAY = 1 << 5 | 1;
    private static final int REGULAR_FILE_0644 = 0100644 << 16;
    private static final short ZIP64_EXTRA = 1;

    private ZipRecords() {
    }

    static int localLength(int nameBytes, long sizeBytes) {
        return 30 + nameBytes + (isWide(sizeBytes) ? 20 : 0);
    }

    static byte[] local(byte[] name, long sizeBytes, long crc32) {
        ByteBuffer header = littleEndian(localLength(name.length, sizeBytes)).putInt(0x04034b50)
            .putShort(isWide(sizeBytes) ? VERSION_ZIP64 : VERSION_PLAIN);
        putCommonFields(header, sizeBytes, crc32);
        header.putShort((short) name.length).putShort((short) (isWide(sizeBytes) ? 20 : 0)).put(name);
        if (isWide(sizeBytes)) {
            header.putShort(ZIP64_EXTRA).putShort((short) 16).putLong(sizeBytes).putLong(sizeBytes);
        }
        return header.array();
    }

    static int centralLength(int nameBytes, long sizeBytes, long offset) {
        return 46 + nameBytes + centralExtraLength(sizeBytes, offset);
    }

    static byte[] central(byte[] name, long sizeBytes, long crc32, long offset) {
        int extraLength = centralExtraLength(sizeBytes, offset);
        ByteBuffer header = littleEndian(centralLength(name.length, sizeBytes, offset)).putInt(0x02014b50)
            .putShort(MADE_BY_UNIX).putShort(extraLength > 0 ? VERSION_ZIP64 : VERSION_PLAIN);
        putCommonFields(header, sizeBytes, crc32);
        header.putShort((short) name.length).putShort((short) extraLength);
        short commentLength = 0;
        short disk = 0;
        short internalAttributes = 0;
        header.putShort(commentLength).putShort(disk).putShort(internalAttributes).putInt(REGULAR_FILE_0644)
            .putInt(narrow(offset)).put(name);
        if (extraLength > 0) {
            header.putShort(ZIP64_EXTRA).putShort((short) (extraLength - 4));
        }
        if (isWide(sizeBytes)) {
            header.putLong(sizeBytes).putLong(sizeBytes);
        }
        if (isWide(offset)) {
            header.putLong(offset);
        }
        return header.array();
    }

    /** What follows the last header of the central directory, which lies at {@code offset} and has {@code length} bytes. */
    static byte[] end(int entries, long offset, long length) {
        boolean zip64 = entries >= ALL_ONES_16 || isWide(offset) || isWide(length);
        ByteBuffer end = littleEndian(zip64 ? 56 + 20 + 22 : 22);
        if (zip64) {
            end.putInt(0x06064b50).putLong(56 - 12).putShort(MADE_BY_UNIX).putShort(VERSION_ZIP64).putInt(0).putInt(0)
                .putLong(entries).putLong(entries).putLong(length).putLong(offset);
            end.putInt(0x07064b50).putInt(0).putLong(offset + length).putInt(1);
        }
        short narrowEntries = (short) Math.min(entries, ALL_ONES_16);
        end.putInt(0x06054b50).putInt(0).putShort(narrowEntries).putShort(narrowEntries).putInt(narrow(length))
            .putInt(narrow(offset)).putShort((short) 0);
        return end.array();
    }

    private static void putCommonFields(ByteBuffer header, long sizeBytes, long crc32) {
        header.putShort(UTF8_NAME).putShort(STORED).putShort(MIDNIGHT).putShort(FIRST_DAY).putInt((int) crc32)
            .putInt(narrow(sizeBytes)).putInt(narrow(sizeBytes));
    }

    private static int centralExtraLength(long sizeBytes, long offset) {
        int values = (isWide(sizeBytes) ? 16 : 0) + (isWide(offset) ? 8 : 0);
        return values == 0 ? 0 : 4 + values;
    }

    private static boolean isWide(long value) {
        return value >= ALL_ONES_32;
    }

    private static int narrow(long value) {
        return (int) Math.min(value, ALL_ONES_32);
    }

    private static ByteBuffer littleEndian(int length) {
        return ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    }
}
