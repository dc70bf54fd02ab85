package org.wallwhale.download;

/** What a download is of. */
public enum Kind {
    ITEM,
    COLLECTION
}
