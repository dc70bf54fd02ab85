package org.wallwhale.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** Offsets are those of APPNOTE.TXT, sections 4.3.7 (local), 4.3.12 (central), 4.3.14 to 4.3.16 (end). */
class ZipRecordsTest {
    private static final byte[] NAME = "a\u00e9".getBytes(UTF_8);
    private static final long LARGEST_PLAIN = 0xFFFF_FFFEL;
    private static final long SMALLEST_WIDE = 0xFFFF_FFFFL;

    @Test
    void aLocalHeaderHoldsSizeAndChecksum() {
        assertThat(HexFormat.of().formatHex(ZipRecords.local(NAME, 0x1234, 0xCAFEBABEL)))
            .isEqualTo("504b0304" + "0a00" + "0008" + "0000" + "0000" + "2100" + "bebafeca" + "34120000" + "34120000" + "0300"
                + "0000" + "61c3a9");
    }

    @Test
    void aCentralHeaderHoldsRightsAndOffset() {
        assertThat(HexFormat.of().formatHex(ZipRecords.central(NAME, 0x1234, 0xCAFEBABEL, 0x5678)))
            .isEqualTo("504b0102" + "2d03" + "0a00" + "0008" + "0000" + "0000" + "2100" + "bebafeca" + "34120000" + "34120000"
                + "0300" + "0000" + "0000" + "0000" + "0000" + "0000a481" + "78560000" + "61c3a9");
    }

    @Test
    void theEndOfASmallZipIsPlain() {
        assertThat(HexFormat.of().formatHex(ZipRecords.end(3, 0x5678, 0x1234)))
            .isEqualTo("504b0506" + "0000" + "0000" + "0300" + "0300" + "34120000" + "78560000" + "0000");
        assertThat(ZipRecords.end(0xFFFE, LARGEST_PLAIN, LARGEST_PLAIN)).hasSize(22);
    }

    @Test
    void aLocalHeaderIsWideFromFourGibibytesLessOneOn() {
        ByteBuffer plain = read(ZipRecords.local(NAME, LARGEST_PLAIN, 1));
        assertThat(plain.limit()).isEqualTo(33).isEqualTo(ZipRecords.localLength(3, LARGEST_PLAIN));
        assertThat(plain.getInt(18)).isEqualTo((int) LARGEST_PLAIN);
        ByteBuffer wide = read(ZipRecords.local(NAME, SMALLEST_WIDE, 1));
        assertThat(wide.limit()).isEqualTo(53).isEqualTo(ZipRecords.localLength(3, SMALLEST_WIDE));
        assertThat(wide.getShort(4)).isEqualTo((short) 45);
        assertThat(wide.getInt(18)).isEqualTo(-1);
        assertThat(wide.getInt(22)).isEqualTo(-1);
        assertThat(wide.getShort(28)).isEqualTo((short) 20);
        assertExtra(wide, 33, SMALLEST_WIDE, SMALLEST_WIDE);
    }

    @Test
    void aCentralHeaderWidensOnlyWhatIsTooLarge() {
        assertThat(ZipRecords.central(NAME, LARGEST_PLAIN, 1, LARGEST_PLAIN)).hasSize(49);
        assertCentral(SMALLEST_WIDE, 7, SMALLEST_WIDE, SMALLEST_WIDE);
        assertCentral(7, SMALLEST_WIDE, SMALLEST_WIDE);
        assertCentral(1L << 40, 1L << 41, 1L << 40, 1L << 40, 1L << 41);
    }

    private static void assertCentral(long size, long offset, long... extra) {
        ByteBuffer header = read(ZipRecords.central(NAME, size, 1, offset));
        assertThat(header.limit()).isEqualTo(49 + 4 + 8 * extra.length).isEqualTo(ZipRecords.centralLength(3, size, offset));
        assertThat(header.getShort(6)).isEqualTo((short) 45);
        assertThat(header.getInt(20)).isEqualTo(header.getInt(24)).isEqualTo(size < SMALLEST_WIDE ? (int) size : -1);
        assertThat(header.getInt(42)).isEqualTo(offset < SMALLEST_WIDE ? (int) offset : -1);
        assertThat(header.getShort(30)).isEqualTo((short) (4 + 8 * extra.length));
        assertExtra(header, 49, extra);
    }

    private static void assertExtra(ByteBuffer header, int at, long... values) {
        assertThat(header.getShort(at)).isEqualTo((short) 1);
        assertThat(header.getShort(at + 2)).isEqualTo((short) (8 * values.length));
        for (int i = 0; i < values.length; i++) {
            assertThat(header.getLong(at + 4 + 8 * i)).isEqualTo(values[i]);
        }
    }

    @Test
    void theEndIsWideWhereEntriesOffsetOrLengthNeedIt() {
        assertWideEnd(0xFFFF, 5, 6);
        assertWideEnd(100_000, 5, 6);
        assertWideEnd(1, SMALLEST_WIDE, 6);
        assertWideEnd(1, 5, SMALLEST_WIDE);
        assertWideEnd(200_000, 1L << 42, 1L << 41);
    }

    private static void assertWideEnd(int entries, long offset, long length) {
        ByteBuffer end = read(ZipRecords.end(entries, offset, length));
        assertThat(end.limit()).isEqualTo(56 + 20 + 22);
        assertThat(end.getInt(0)).isEqualTo(0x06064b50);
        assertThat(end.getLong(4)).isEqualTo(44);
        assertThat(end.getLong(24)).isEqualTo(end.getLong(32)).isEqualTo(entries);
        assertThat(end.getLong(40)).isEqualTo(length);
        assertThat(end.getLong(48)).isEqualTo(offset);
        assertThat(end.getInt(56)).isEqualTo(0x07064b50);
        assertThat(end.getLong(56 + 8)).isEqualTo(offset + length);
        assertThat(end.getInt(56 + 16)).isEqualTo(1);
        assertThat(end.getInt(76)).isEqualTo(0x06054b50);
        assertThat(end.getShort(76 + 10)).isEqualTo((short) Math.min(entries, 0xFFFF));
        assertThat(end.getInt(76 + 12)).isEqualTo((int) Math.min(length, SMALLEST_WIDE));
        assertThat(end.getInt(76 + 16)).isEqualTo((int) Math.min(offset, SMALLEST_WIDE));
    }

    private static ByteBuffer read(byte[] record) {
        return ByteBuffer.wrap(record).order(ByteOrder.LITTLE_ENDIAN);
    }
}
