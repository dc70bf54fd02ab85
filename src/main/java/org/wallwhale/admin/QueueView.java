package org.wallwhale.admin;

/** The queue of all instances. */
public record QueueView(boolean paused) {
}
