package org.wallwhale.rest;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.WritableByteChannel;
import java.util.function.LongSupplier;

/**
 * A range of a {@link Representation} that is being sent. Bytes come out of it in two ways, each going on where the other ended.
 *
 * @param bytes closed at the end, perhaps by another thread than the one that reads
 * @param files sends what lies next in a file without passing it through memory
 * @param pauseNanos how long to wait before more of it goes out, asked before each piece; 0 for not at all
 */
public record OpenRange(InputStream bytes, Files files, LongSupplier pauseNanos) {
    /** One that goes out as fast as its reader takes it. */
    public OpenRange(InputStream bytes, Files files) {
        this(bytes, files, () -> 0);
    }

    /** The way from the disk to the network that an operating system has (sendfile). */
    public interface Files {
        /** The count sent; 0 where the target takes nothing now, and where the next bytes are rather to be read. */
        long sendTo(WritableByteChannel target) throws IOException;
    }
}
