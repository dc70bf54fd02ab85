package org.wallwhale.live;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicBoolean;

/** A container's side of a connection: it takes as many writes as it is allowed to, and breaks when it is told to. */
final class Client extends ServletOutputStream {
    private final ByteArrayOutputStream received = new ByteArrayOutputStream();
    private volatile int room;
    private volatile boolean gone;
    private volatile boolean ready;
    private final AtomicBoolean busy = new AtomicBoolean();
    private volatile boolean overlapped;
    private volatile Runnable duringWrite = Thread::yield;

    /** Takes {@code writes} more, flushes included. */
    synchronized Client reads(int writes) {
        room += writes;
        return this;
    }

    void leaves() {
        gone = true;
        room = Integer.MAX_VALUE;
    }

    /** Called inside of each write, as a container may call back on another thread. */
    void duringWrite(Runnable what) {
        duringWrite = what;
    }

    /** True once a write began before another one ended. */
    boolean isOverlapped() {
        return overlapped;
    }

    synchronized String received() {
        return received.toString(StandardCharsets.UTF_8);
    }

    @Override
    public boolean isReady() {
        ready = room > 0;
        return ready;
    }

    @Override
    public void write(byte[] bytes, int from, int count) throws IOException {
        take();
        synchronized (this) {
            received.write(bytes, from, count);
        }
    }

    @Override
    public void write(byte[] bytes) throws IOException {
        write(bytes, 0, bytes.length);
    }

    @Override
    public void write(int value) throws IOException {
        write(new byte[] {(byte) value});
    }

    @Override
    public void flush() throws IOException {
        take();
    }

    private void take() throws IOException {
        if (gone) {
            throw new IOException("Connection closed");
        }
        if (!ready) {
            throw new IllegalStateException("Written without asking whether it is ready");
        }
        ready = false;
        overlapped |= !busy.compareAndSet(false, true);
        duringWrite.run();
        busy.set(false);
        synchronized (this) {
            room--;
        }
    }

    @Override
    public void setWriteListener(WriteListener listener) {
        throw new UnsupportedOperationException();
    }
}
