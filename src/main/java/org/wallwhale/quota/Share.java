package org.wallwhale.quota;

import java.util.UUID;

/**
 * One limit that binds one holder.
 *
 * @param holder a user's or an API key's id
 * @param name on the wire
 */
record Share(UUID holder, Policy policy, long limit, String name) {
}
