package org.wallwhale.live;

import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * What a group of readers follows. However often it is woken, it has at most one turn at a time and one more waiting, so that
 * each reader is served strictly in order.
 */
abstract class Feed {
    private enum State {
        IDLE,
        QUEUED,
        RUNNING,
        WOKEN
    }

    private final Queue<Reader> joining = new ConcurrentLinkedQueue<>();
    private final Set<Reader> readers = ConcurrentHashMap.newKeySet();
    private final AtomicReference<State> state = new AtomicReference<>(State.IDLE);
    private final Consumer<Feed> queue;

    /** {@code queue} takes the feed and lets it {@link #run} soon. */
    Feed(Consumer<Feed> queue) {
        this.queue = queue;
    }

    /** Reads what is new and offers it to the readers. */
    abstract void turn();

    /** Called every second: the net below lost news. */
    abstract void poll(long now);

    /** Makes the next turn look into the tables, even without news. */
    abstract void expire();

    /** The reader is served from the next turn on, with nothing older than this moment. */
    final void join(Reader reader) {
        expire();
        joining.add(reader);
        wake();
    }

    /** Not while {@link #admit} moves one, or a reader could be taken for gone, or stay although it is. */
    final synchronized void leave(Reader reader) {
        joining.remove(reader);
        readers.remove(reader);
    }

    /** Ends the streams of all readers, as they are. */
    final void closeAll() {
        joining.forEach(reader -> reader.output().abort());
        readers.forEach(reader -> reader.output().abort());
    }

    final synchronized boolean isEmpty() {
        return readers.isEmpty() && joining.isEmpty();
    }

    /** Those who are served in this turn. */
    final Set<Reader> readers() {
        return readers;
    }

    /** Those who wait for their first turn too, which may be long when the database is away; a reader in between may come twice. */
    final Stream<Reader> everyone() {
        return Stream.concat(joining.stream(), readers.stream());
    }

    private synchronized void admit() {
        for (Reader reader = joining.peek(); reader != null; reader = joining.peek()) {
            if (!reader.output().isClosed()) {
                readers.add(reader);
            }
            joining.remove(reader);
        }
    }

    final void wake() {
        State before = state.getAndUpdate(now -> switch (now) {
            case IDLE -> State.QUEUED;
            case RUNNING -> State.WOKEN;
            case QUEUED, WOKEN -> now;
        });
        if (before == State.IDLE) {
            queue.accept(this);
        }
    }

    final void run() {
        state.set(State.RUNNING);
        try {
            admit();
            turn();
        } catch (RuntimeException e) {
            expire();
            throw e;
        } finally {
            if (!state.compareAndSet(State.RUNNING, State.IDLE)) {
                state.set(State.QUEUED);
                queue.accept(this);
            }
        }
    }
}
