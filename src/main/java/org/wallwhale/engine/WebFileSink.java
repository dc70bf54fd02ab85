package org.wallwhale.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;

/** Writes an answer to the end of a file as it comes. After {@link #close} nothing is written any more, whatever still comes. */
final class WebFileSink implements HttpResponse.BodySubscriber<Void>, AutoCloseable {
    private final FileChannel file;
    private final long most;
    private final CompletableFuture<Void> body = new CompletableFuture<>();
    private Flow.Subscription subscription;
    private volatile long bytes;
    private boolean closed;

    /** More than {@code most} bytes in the file are {@link TooManyBytesException}. */
    WebFileSink(Path path, long most) throws IOException {
        file = FileChannel.open(path, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
        bytes = file.size();
        this.most = most;
    }

    /** More came than was announced. */
    static final class TooManyBytesException extends IOException {
        private static final long serialVersionUID = 1;
    }

    /** Reads nothing of an answer that is of no use. */
    static final class Nothing implements HttpResponse.BodySubscriber<Void> {
        @Override
        public CompletionStage<Void> getBody() {
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public void onSubscribe(Flow.Subscription unwanted) {
            unwanted.cancel();
        }

        @Override
        public void onNext(List<ByteBuffer> unwanted) {
            // canceled
        }

        @Override
        public void onError(Throwable failure) {
            // canceled
        }

        @Override
        public void onComplete() {
            // canceled
        }
    }

    long bytes() {
        return bytes;
    }

    @Override
    public CompletionStage<Void> getBody() {
        return body;
    }

    @Override
    public void onSubscribe(Flow.Subscription newSubscription) {
        subscription = newSubscription;
        subscription.request(1);
    }

    @Override
    public synchronized void onNext(List<ByteBuffer> buffers) {
        try {
            for (ByteBuffer buffer : buffers) {
                if (closed) {
                    subscription.cancel();
                    return;
                }
                if (buffer.remaining() > most - bytes) {
                    throw new TooManyBytesException();
                }
                while (buffer.hasRemaining()) {
                    bytes += file.write(buffer);
                }
            }
            subscription.request(1);
        } catch (TooManyBytesException e) {
            end(e);
        } catch (IOException e) {
            // told apart from a connection that broke
            end(new UncheckedIOException(e));
        }
    }

    private void end(Exception failure) {
        subscription.cancel();
        body.completeExceptionally(failure);
    }

    @Override
    public void onError(Throwable failure) {
        body.completeExceptionally(failure);
    }

    @Override
    public void onComplete() {
        body.complete(null);
    }

    @Override
    public synchronized void close() throws IOException {
        closed = true;
        file.close();
    }
}
