package org.wallwhale.steam;

import java.util.Set;
import java.util.UUID;

/**
 * What a download needs a seat for.
 *
 * @param accountName null for the server's choice
 * @param userId whose the download is
 * @param administrator whether that is one
 * @param refusals the seats that could not fetch it
 */
public record SeatWish(long appId, String accountName, UUID userId, boolean administrator, Set<UUID> refusals) {
}
