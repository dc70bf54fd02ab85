package org.wallwhale.access;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.UUID;
import org.wallwhale.audit.Actor;
import org.wallwhale.log.LogContext;
import org.wallwhale.rest.RequestId;

/** Says whose request the lines are about that its thread logs. First, and after the authentication, which both servers do before. */
public class LogFilter extends HttpFilter {
    private static final long serialVersionUID = 1;

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        Optional<Actor> actor = Optional.ofNullable(Actor.of(request));
        try (LogContext context = LogContext.ofRequest(RequestId.of(request), request.getHeader("traceparent"),
                actor.flatMap(Actor::userId).map(UUID::toString).orElse(null), actor.flatMap(Actor::keyId).map(UUID::toString).orElse(null))) {
            chain.doFilter(request, response);
        }
    }
}
