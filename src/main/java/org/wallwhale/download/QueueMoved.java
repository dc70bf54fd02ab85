package org.wallwhale.download;

/** On another instance a download was queued or ended: there may be something to claim. */
public record QueueMoved() {
}
