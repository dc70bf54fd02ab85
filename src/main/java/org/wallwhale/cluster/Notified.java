package org.wallwhale.cluster;

import java.util.List;

/**
 * Other instances told these things, after they were committed there. Whoever observes it must not wait: it is fired by the one
 * thread that listens.
 *
 * @param texts ids, in the form that the room of the topic gave them
 */
public record Notified(String topic, List<String> texts) {
}
