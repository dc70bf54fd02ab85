package org.wallwhale.workshop;

import java.time.Instant;

/**
 * What the public item details say of an item.
 *
 * @param hasFileUrl true for a legacy item that is one web file
 * @param updatedAt the version of a web file
 */
public record ItemDetails(String pubfileId, String title, boolean hasFileUrl, Instant updatedAt) {
}
