package org.wallwhale.rest;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.util.Optional;

/**
 * Bytes that can be sent whole or in part (RFC 9110, section 14).
 *
 * @param name the file name that a browser suggests
 * @param etag strong and quoted
 * @param digest the value of {@code Repr-Digest} (RFC 9530), if it is known
 */
public record Representation(String name, String mediaType, long length, String etag, Optional<String> digest, Body body) {
    /** The bytes from {@code from} up to but not including {@code toExclusive}, asked for as the client takes them. */
    public interface Body {
        OpenRange open(long from, long toExclusive) throws IOException;
    }

    /** Answers GET and HEAD: 200, 206, 304 or 416 as the request's headers ask. */
    public void send(Exchange exchange) throws IOException {
        HttpServletRequest request = exchange.request();
        boolean head = request.getMethod().equals("HEAD");
        ByteRange range = head ? new ByteRange.Whole()
                : ByteRange.of(request.getHeader("Range"), request.getHeader("If-Range"), etag, length);
        if (etag.equals(request.getHeader(HttpHeaders.IF_NONE_MATCH))) {
            exchange.send(Response.notModified().header(HttpHeaders.ETAG, etag).build());
        } else if (range instanceof ByteRange.Unsatisfiable unsatisfiable) {
            exchange.send(ProblemMapper.answer(Faults.ofStatus(416), RequestId.of(request))
                    .header("Content-Range", unsatisfiable.contentRange()).build());
        } else if (range instanceof ByteRange.Part part) {
            long count = part.toExclusive() - part.from();
            exchange.send(described(206, count).header("Content-Range", part.contentRange()).build(), count,
                    body.open(part.from(), part.toExclusive()));
        } else if (head || length == 0) {
            exchange.send(described(200, length).build());
        } else {
            exchange.send(described(200, length).build(), length, body.open(0, length));
        }
    }

    private Response.ResponseBuilder described(int status, long count) {
        Response.ResponseBuilder answer = Response.status(status).type(mediaType)
                .header(HttpHeaders.CONTENT_LENGTH, count)
                .header(HttpHeaders.ETAG, etag)
                .header("Accept-Ranges", "bytes")
                .header(HttpHeaders.CONTENT_DISPOSITION, ContentDisposition.attachment(name));
        digest.ifPresent(value -> answer.header("Repr-Digest", value));
        return answer;
    }
}
