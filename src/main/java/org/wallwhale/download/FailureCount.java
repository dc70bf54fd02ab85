package org.wallwhale.download;

/**
 * How many downloads failed for one reason.
 *
 * @param code of their errors
 */
public record FailureCount(String code, long count) {
}
