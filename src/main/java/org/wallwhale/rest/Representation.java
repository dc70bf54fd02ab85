package org.wallwhale.rest;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;

/**
 * Bytes that can be sent whole or in part (RFC 9110, section 14).
 *
 * @param name the file name that a browser suggests
 * @param etag strong and quoted
 * @param digest the value of {@code Repr-Digest} (RFC 9530), if it is known
 */
public record Representation(String name, String mediaType, long length, String etag, Optional<String> digest, Body body) {
    /** Writes the bytes from {@code from} up to but not including {@code toExclusive}. */
    public interface Body {
        void write(long from, long toExclusive, OutputStream out) throws IOException;
    }

    /** Answers GET and HEAD: 200, 206, 304 or 416 as the request's headers ask. */
    public Response answer(HttpServletRequest request) {
        if (etag.equals(request.getHeader(HttpHeaders.IF_NONE_MATCH))) {
            return Response.notModified().header(HttpHeaders.ETAG, etag).build();
        }
        boolean head = request.getMethod().equals("HEAD");
        ByteRange range = head ? new ByteRange.Whole()
                : ByteRange.of(request.getHeader("Range"), request.getHeader("If-Range"), etag, length);
        if (range instanceof ByteRange.Unsatisfiable unsatisfiable) {
            return ProblemMapper.answer(Faults.ofStatus(416), RequestId.of(request))
                    .header("Content-Range", unsatisfiable.contentRange()).build();
        }
        if (range instanceof ByteRange.Part part) {
            return described(Response.status(206), part.from(), part.toExclusive(), head)
                    .header("Content-Range", part.contentRange()).build();
        }
        return described(Response.ok(), 0, length, head).build();
    }

    private Response.ResponseBuilder described(Response.ResponseBuilder answer, long from, long to, boolean head) {
        answer.type(mediaType)
                .header(HttpHeaders.CONTENT_LENGTH, to - from)
                .header(HttpHeaders.ETAG, etag)
                .header("Accept-Ranges", "bytes")
                .header(HttpHeaders.CONTENT_DISPOSITION, ContentDisposition.attachment(name));
        digest.ifPresent(value -> answer.header("Repr-Digest", value));
        return head ? answer : answer.entity((StreamingOutput) out -> body.write(from, to, out));
    }
}
