package org.wallwhale.download;

/** One life of one instance. */
public record Holder(String instanceId, String bootId) {
}
