package org.wallwhale.steam;

/**
 * A new sealing key is in use.
 *
 * @param resealed the accounts whose secrets it has sealed anew: all there are
 */
public record RotationView(int resealed) {
}
