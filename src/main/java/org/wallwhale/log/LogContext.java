package org.wallwhale.log;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the lines that the calling thread logs are about. It must be closed by the thread that opened it. */
public final class LogContext implements AutoCloseable {
    /** W3C Trace Context, 3.2: version, trace id, parent id, flags. */
    private static final Pattern TRACE_PARENT = Pattern.compile("[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}.{0,200}");
    private static final ThreadLocal<Map<String, String>> OF_THREAD = new ThreadLocal<>();
    private final Map<String, String> before = OF_THREAD.get();

    private LogContext(Map<String, String> added) {
        Map<String, String> all = new LinkedHashMap<>(now());
        all.putAll(added);
        OF_THREAD.set(all);
    }

    /**
     * Of a request.
     *
     * @param traceParent the header {@code traceparent}, or null; one that is none is left out
     * @param user the user's id, or null for a stranger
     * @param key the API key's public id, or null
     */
    public static LogContext ofRequest(String requestId, String traceParent, String user, String key) {
        Map<String, String> about = new LinkedHashMap<>();
        about.put("request", requestId);
        Matcher trace = TRACE_PARENT.matcher(traceParent == null ? "" : traceParent);
        if (trace.matches()) {
            about.put("trace", trace.group(1));
        }
        if (user != null) {
            about.put("user", user);
        }
        if (key != null) {
            about.put("key", key);
        }
        return new LogContext(about);
    }

    /** Of the run of a download. */
    public static LogContext ofDownload(String id) {
        return new LogContext(Map.of("download", id));
    }

    /** By name, in order; empty outside of requests and runs. */
    static Map<String, String> now() {
        Map<String, String> now = OF_THREAD.get();
        return now == null ? Map.of() : now;
    }

    @Override
    public void close() {
        if (before == null) {
            OF_THREAD.remove();
        } else {
            OF_THREAD.set(before);
        }
    }
}
