package org.wallwhale.download;

/** On another instance somebody asked to cancel what runs under this fence, wherever it runs. The row says whether it is so. */
public record CancelAsked(long fence) {
}
