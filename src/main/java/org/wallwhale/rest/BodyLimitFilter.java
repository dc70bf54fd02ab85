package org.wallwhale.rest;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.ext.Provider;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.wallwhale.problem.Problem;
import org.wallwhale.problem.ProblemException;

/** Refuses request bodies over 256 KiB, by their announced length or as soon as more arrives. */
@Provider
@PreMatching
public class BodyLimitFilter implements ContainerRequestFilter {
    static final int LIMIT_BYTES = 256 * 1024;

    @Override
    public void filter(ContainerRequestContext request) {
        if (request.getLength() > LIMIT_BYTES) {
            throw tooLarge();
        }
        request.setEntityStream(new Limited(request.getEntityStream()));
    }

    private static ProblemException tooLarge() {
        return Problem.TOO_LARGE.because("The body is larger than 256 KiB.");
    }

    private static final class Limited extends FilterInputStream {
        private int left = LIMIT_BYTES;

        Limited(InputStream body) {
            super(body);
        }

        @Override
        public int read() throws IOException {
            int value = super.read();
            count(value < 0 ? 0 : 1);
            return value;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            int count = super.read(target, offset, length);
            count(Math.max(count, 0));
            return count;
        }

        private void count(int bytes) {
            left -= bytes;
            if (left < 0) {
                throw tooLarge();
            }
        }
    }
}
