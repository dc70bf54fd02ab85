package org.wallwhale.store;

/**
 * What makes content one and the same.
 *
 * @param source {@code steam} or {@code sandbox}; content of the two never mixes
 * @param version the manifest id, or the update time of a web file
 */
public record ContentKey(String source, long appId, String pubfileId, String version) {
}
