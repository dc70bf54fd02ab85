package org.wallwhale.rest;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.WritableByteChannel;

/**
 * A range of a {@link Representation} that is being sent. Bytes come out of it in two ways, each going on where the other ended.
 *
 * @param bytes closed at the end, perhaps by another thread than the one that reads
 * @param files sends what lies next in a file without passing it through memory
 */
public record OpenRange(InputStream bytes, Files files) {
    /** The way from the disk to the network that an operating system has (sendfile). */
    public interface Files {
        /** The count sent; 0 where the target takes nothing now, and where the next bytes are rather to be read. */
        long sendTo(WritableByteChannel target) throws IOException;
    }
}
