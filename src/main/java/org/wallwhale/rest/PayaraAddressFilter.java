package org.wallwhale.rest;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.glassfish.grizzly.Connection;
import org.glassfish.grizzly.EmptyCompletionHandler;
import org.glassfish.grizzly.Transport;
import org.glassfish.grizzly.WriteResult;
import org.glassfish.grizzly.filterchain.BaseFilter;
import org.glassfish.grizzly.filterchain.Filter;
import org.glassfish.grizzly.filterchain.FilterChain;
import org.glassfish.grizzly.filterchain.FilterChainContext;
import org.glassfish.grizzly.filterchain.FilterChainEvent;
import org.glassfish.grizzly.filterchain.NextAction;
import org.glassfish.grizzly.http.HttpContent;
import org.glassfish.grizzly.http.HttpContext;
import org.glassfish.grizzly.http.HttpEvents;
import org.glassfish.grizzly.http.HttpRequestPacket;
import org.glassfish.grizzly.http.HttpResponsePacket;
import org.glassfish.grizzly.http.Protocol;
import org.glassfish.grizzly.memory.Buffers;
import org.wallwhale.problem.Problem;

/**
 * Answers, on Payara only, requests whose address the server cannot read, or whose end is ambiguous, with a problem and 400.
 * Payara Micro 6.2025.10 answers {@code /%zz} by 200 without a body, and others by 400 without one, in code that comes before every
 * servlet filter and valve; so this one stands in the server's own chain, before its servlet container. It takes the place of the filter that looks
 * for cached files and asks that one in turn: connections that are open already cannot bear a chain that grows. Other servers are
 * left alone.
 */
final class PayaraAddressFilter extends BaseFilter {
    private static final Logger LOG = System.getLogger(PayaraAddressFilter.class.getName());
    private static final String FILE_CACHE = "org.glassfish.grizzly.http.server.FileCacheFilter";
    private static final String READABLE = PayaraAddressFilter.class.getName();
    private static final String LAST = READABLE + ".last";

    private static boolean removed;
    private static boolean told;

    private final Filter replaced;

    private PayaraAddressFilter(Filter replaced) {
        this.replaced = replaced;
    }

    /** In each chain that has none yet. */
    static synchronized void install() {
        if (!removed) {
            inEachChain(filter -> filter.getClass().getName().equals(FILE_CACHE) ? new PayaraAddressFilter(filter) : filter);
        }
    }

    /** For good: else the server would hold on to a stopped application. */
    static synchronized void remove() {
        removed = true;
        inEachChain(filter -> filter instanceof PayaraAddressFilter ours ? ours.replaced : filter);
    }

    private static void inEachChain(UnaryOperator<Filter> change) {
        try {
            Class<?> type = Class.forName("com.sun.enterprise.v3.services.impl.GrizzlyService");
            Object service = Class.forName("org.glassfish.internal.api.Globals").getMethod("get", Class.class).invoke(null, type);
            Field proxies = type.getDeclaredField("proxies");
            proxies.setAccessible(true);
            for (Object proxy : (Collection<?>) proxies.get(service)) {
                Object listener = proxy.getClass().getMethod("getUnderlyingListener").invoke(proxy);
                Object transport = listener.getClass().getMethod("getTransport").invoke(listener);
                boolean isForClients = !"admin-listener".equals(listener.getClass().getMethod("getName").invoke(listener));
                if (isForClients && transport instanceof Transport found && found.getProcessor() instanceof FilterChain chain) {
                    replace(chain, change);
                }
            }
        } catch (ReflectiveOperationException | RuntimeException e) {
            LOG.log(told ? Level.DEBUG : Level.WARNING, "Addresses that cannot be read are answered by Payara itself, without a problem", e);
            told = true;
        }
    }

    private static void replace(FilterChain chain, UnaryOperator<Filter> change) {
        for (int place = 0; place < chain.size(); place++) {
            Filter now = change.apply(chain.get(place));
            if (now != chain.get(place)) {
                chain.set(place, now);
            }
        }
    }

    /** After its last request a connection serves nothing: the server would run what came with that one, even after it closed. */
    @Override
    public NextAction handleRead(FilterChainContext context) throws IOException {
        if (!(context.getMessage() instanceof HttpContent content)
                || !(content.getHttpHeader() instanceof HttpRequestPacket request) || request.getAttribute(READABLE) != null) {
            return replaced.handleRead(context);
        }
        HttpResponsePacket response = request.getResponse();
        boolean isAlone = request.getProtocol() != Protocol.HTTP_2_0;
        if (response.isCommitted() || isAlone && context.getConnection().getAttributes().getAttribute(LAST) != null) {
            return context.getStopAction();
        }
        Optional<String> fault = RequestTarget.fault(request.getRequestURI(), request.getHeader("Host")).or(() -> endFault(request));
        if (isAlone && request.isChunked() || fault.isPresent()) {
            // also the chunked one, because the server has hidden a Content-Length that came with it; RFC 9112, section 6.1
            context.getConnection().getAttributes().setAttribute(LAST, Boolean.TRUE);
            response.setHeader("Connection", "close");
        }
        if (fault.isEmpty()) {
            request.setAttribute(READABLE, Boolean.TRUE);
            PayaraOutput.offer(context, request);
            return replaced.handleRead(context);
        }
        answer(context, response, fault.get());
        return context.getStopAction();
    }

    @Override
    public NextAction handleEvent(FilterChainContext context, FilterChainEvent event) throws IOException {
        if (event.type() == HttpEvents.ResponseCompleteEvent.TYPE) {
            PayaraStreams.answered(context.getConnection(), HttpContext.get(context).getContextStorage());
        }
        return replaced.handleEvent(context, event);
    }

    @Override
    public NextAction handleClose(FilterChainContext context) throws IOException {
        PayaraKeepAlive.letGo(context.getConnection());
        return replaced.handleClose(context);
    }

    /**
     * Where a request tells its end in a way that only some understand, a proxy may see another end than this server, and take a
     * body for a request or a request for a body (RFC 9112, section 11.2).
     */
    private static Optional<String> endFault(HttpRequestPacket request) {
        List<String> codings = new ArrayList<>();
        request.getHeaders().values("Transfer-Encoding").forEach(codings::add);
        boolean plain = codings.isEmpty() || request.isChunked() && codings.size() == 1 && codings.get(0).equalsIgnoreCase("chunked");
        return plain ? Optional.empty() : Optional.of("The end of the body is not told in one clear way: send Content-Length, or "
                + "Transfer-Encoding: chunked, and nothing else.");
    }

    /** Closes the connection afterwards, since nobody reads the rest of such a request. */
    private static void answer(FilterChainContext context, HttpResponsePacket response, String sentence) throws IOException {
        String id = UUID.randomUUID().toString();
        byte[] body = Json.MAPPER.writeValueAsBytes(ProblemBody.of(Problem.MALFORMED, sentence, List.of(), id));
        response.setStatus(Problem.MALFORMED.status());
        response.setContentType(ProblemBody.MEDIA_TYPE);
        response.setContentLength(body.length);
        response.setHeader(RequestId.HEADER, id);
        response.setHeader("Cache-Control", "no-store");
        HeadersFilter.PROTECTIVE.forEach(response::setHeader);
        Connection<?> connection = context.getConnection();
        context.write(response.httpContentBuilder().content(Buffers.wrap(context.getMemoryManager(), body)).last(true).build(),
                new EmptyCompletionHandler<WriteResult>() {
                    @Override
                    public void completed(WriteResult result) {
                        connection.closeSilently();
                    }
                });
    }
}
