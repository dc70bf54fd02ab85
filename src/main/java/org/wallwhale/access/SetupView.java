package org.wallwhale.access;

/** Whether this server still waits for its first administrator. */
public record SetupView(boolean needed) {
}
