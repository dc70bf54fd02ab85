package org.wallwhale.rest;

import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorDefinition;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Lets no request further before its body is there. Who sends head and body at once passes straight through; only
 * {@value #MOST_WAITING} threads at a time wait for the others, so that slow senders leave threads for everybody else. 400 for a
 * body whose end is ambiguous, 408 for one that takes too long, 413 above 256 KiB, 415 for a compressed one, 503 when too many are waited for. See docs/adr/0005 for why it blocks.
 */
@ManagedScheduledExecutorDefinition(name = "java:app/concurrent/bodies", maxAsync = 1)
public class BodyFilter extends HttpFilter {
    static final int LIMIT_BYTES = 256 * 1024;
    private static final long serialVersionUID = 1;
    private static final int MOST_WAITING = 8;
    private static final int CHUNK_BYTES = 8 * 1024;
    private static final Set<String> WITH_BODY = Set.of("POST", "PUT", "PATCH");
    /** Bodies that follow their heads closely free their places within this. */
    private static final long PLACE_WITHIN_MILLIS = 100;
    @Inject
    private transient RestConfig config;
    @Resource(lookup = "java:app/concurrent/bodies")
    private transient ManagedScheduledExecutorService timers;
    private final transient Semaphore places = new Semaphore(MOST_WAITING);

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        long length = request.getContentLengthLong();
        if (request.getHeader("Transfer-Encoding") != null && !request.getProtocol().startsWith("HTTP/2")) {
            // some servers hide a Content-Length that came with it, and a proxy may have gone by that: RFC 9112, section 6.1
            response.setHeader("Connection", "close");
        }
        if (isAmbiguous(request)) {
            refuse(400, request, response);
        } else if (length == 0 || length < 0 && !mayHaveBodyOfUnknownLength(request)) {
            chain.doFilter(request, response);
        } else if (!"identity".equalsIgnoreCase(Objects.requireNonNullElse(request.getHeader("Content-Encoding"), "identity"))) {
            refuse(415, request, response);
        } else if (length > LIMIT_BYTES) {
            refuse(413, request, response);
        } else if (length > 0 && request.getInputStream().available() >= length && request.getHeader("Upgrade") == null) {
            chain.doFilter(request, response);
        } else {
            Optional<byte[]> body = await(request, response);
            if (body.isPresent()) {
                chain.doFilter(new ReceivedRequest(request, body.get()), response);
            }
        }
    }

    /** Where its body ends is read in two ways, so a proxy may take its end for another request (RFC 9112, sections 6.1 and 11.2). */
    private static boolean isAmbiguous(HttpServletRequest request) {
        List<String> encodings = Collections.list(request.getHeaders("Transfer-Encoding"));
        return !encodings.isEmpty() && (request.getContentLengthLong() >= 0 || encodings.size() > 1
                || !encodings.get(0).strip().equalsIgnoreCase("chunked"));
    }

    /** HTTP/2 has no header that tells of one, though WildFly shows one; there only methods whose bodies somebody reads are looked at. */
    private static boolean mayHaveBodyOfUnknownLength(HttpServletRequest request) {
        return request.getHeader("Transfer-Encoding") != null
                || request.getProtocol().startsWith("HTTP/2") && WITH_BODY.contains(request.getMethod());
    }

    /** Empty when the request was refused. */
    private Optional<byte[]> await(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (!findPlace()) {
            refuse(503, request, response);
            return Optional.empty();
        }
        try {
            Received received;
            try (Deadline deadline = new Deadline(timers, config.bodyWithin())) {
                received = read(request);
            }
            if (received.refusal() != 0) {
                refuse(received.refusal(), request, response);
            }
            return Optional.ofNullable(received.body());
        } finally {
            places.release();
        }
    }

    private boolean findPlace() {
        try {
            return places.tryAcquire(PLACE_WITHIN_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** A body, or the status that it is refused with. */
    private record Received(byte[] body, int refusal) {
    }

    private Received read(HttpServletRequest request) throws IOException {
        long deadline = System.nanoTime() + config.bodyWithin().toNanos();
        ServletInputStream in = request.getInputStream();
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        byte[] chunk = new byte[CHUNK_BYTES];
        // its announced end counts: Payara goes on reading when the client offers to upgrade the connection
        long length = request.getContentLengthLong() < 0 ? Long.MAX_VALUE : request.getContentLengthLong();
        for (int count = next(in, chunk); count >= 0; count = body.size() < length ? next(in, chunk) : -1) {
            body.write(chunk, 0, count);
            if (body.size() > LIMIT_BYTES || count == 0 || System.nanoTime() > deadline) {
                return new Received(null, body.size() > LIMIT_BYTES ? 413 : 408);
            }
        }
        return new Received(Arrays.copyOf(body.toByteArray(), (int) Math.min(body.size(), length)), 0);
    }

    /** 0 when nothing came for longer than the container waits, or when the client is gone, which it does not tell apart. */
    private static int next(ServletInputStream in, byte[] chunk) {
        try {
            return in.read(chunk);
        } catch (IOException e) {
            return 0;
        }
    }

    /** The connection ends with it, because the rest of the body is still to come. */
    private static void refuse(int status, HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setHeader("Connection", "close");
        ErrorServlet.answer(Faults.ofStatus(status), request, response);
    }
}
