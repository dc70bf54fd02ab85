package org.wallwhale.store;

import java.util.Optional;

/** Finished content as a zip, for a room that sends it to others than its owner. */
public final class StoredZip {
    private final Served served;
    private final ZipView view;

    StoredZip(Served served) {
        this.served = served;
        this.view = new ZipView(served.files());
    }

    /** The file name that a browser suggests. */
    public String name() {
        return served.pubfileId() + ".zip";
    }

    /** In bytes. */
    public long length() {
        return view.length();
    }

    /** Strong and quoted. */
    public String etag() {
        return view.etag();
    }

    /** Of the whole, hexadecimal; empty until it was computed, and for several items. */
    public Optional<String> sha256() {
        return served.zipSha256();
    }

    /** As {@link ZipView} opens it. */
    public RangeInput open(long from, long toExclusive) {
        return view.open(from, toExclusive, served::locate);
    }
}
