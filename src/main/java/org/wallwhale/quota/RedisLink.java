package org.wallwhale.quota;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import redis.clients.jedis.ConnectionPoolConfig;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.SslOptions;
import redis.clients.jedis.SslVerifyMode;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;

/**
 * The way to one Redis. Nobody waits long for it: after a failure it is left alone for a second, and then one caller at a time tries it
 * while the others go without. One that can be read but not written to, as a replica or with a full disk or memory, is as good as none.
 */
final class RedisLink implements AutoCloseable {
    private static final Logger LOG = System.getLogger(RedisLink.class.getName());
    /** How long a caller may wait to get a connection, and for an answer. */
    static final Duration PATIENCE = Duration.ofMillis(100);
    private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final int CONNECTIONS = 16;
    private static final int DEFAULT_PORT = 6379;
    private static final String TRIAL = "wallwhale:trial";
    private static final String WRITE = """
            redis.call('SET', KEYS[1], '1', 'PX', 60000)
            return {}
            """;
    private final RedisClient redis;
    private final String name;
    private final LongSupplier nanoTime;
    private final AtomicBoolean failing = new AtomicBoolean();
    private final AtomicBoolean trying = new AtomicBoolean();
    private volatile long retryAt;

    /** Redis does not answer, or not what it should. */
    static final class GoneException extends Exception {
        private static final long serialVersionUID = 1;

        GoneException(Throwable cause) {
            super(cause);
        }

        /** Whether what was to be run has certainly not been: it was not sent, or Redis refused it. */
        boolean isUndone() {
            return getCause() == null || getCause() instanceof JedisDataException;
        }
    }

    RedisLink(URI url, LongSupplier nanoTime, Duration patience) {
        this.nanoTime = nanoTime;
        int millis = Math.toIntExact(patience.toMillis());
        int port = url.getPort() < 0 ? DEFAULT_PORT : url.getPort();
        name = url.getHost() + ":" + port;
        DefaultJedisClientConfig.Builder config = DefaultJedisClientConfig.builder().connectionTimeoutMillis(millis)
                .socketTimeoutMillis(millis).clientName("wallwhale");
        if ("rediss".equals(url.getScheme())) {
            config.sslOptions(SslOptions.builder().sslVerifyMode(SslVerifyMode.FULL).build());
        }
        if (url.getUserInfo() != null) {
            String[] credentials = url.getUserInfo().split(":", 2);
            config.user(credentials[0].isEmpty() ? null : credentials[0]).password(credentials[1]);
        }
        String database = url.getPath() == null ? "" : url.getPath().replace("/", "");
        config.database(database.isEmpty() ? 0 : Integer.parseInt(database));
        ConnectionPoolConfig pool = new ConnectionPoolConfig();
        pool.setMaxTotal(CONNECTIONS);
        pool.setMaxIdle(CONNECTIONS);
        pool.setMaxWait(patience);
        pool.setJmxEnabled(false);
        // a thread of its own would outlive the application on some servers
        pool.setTimeBetweenEvictionRuns(Duration.ofMillis(-1));
        redis = RedisClient.builder().hostAndPort(url.getHost(), port).clientConfig(config.build()).poolConfig(pool).build();
    }

    /** What a script answers. At once when Redis was gone within the last second. */
    List<?> run(String script, String key, List<String> arguments) throws GoneException {
        tryAgainIfGone();
        return asked(script, key, arguments);
    }

    void demandWrites() throws GoneException {
        if (!tryAgainIfGone()) {
            asked(WRITE, TRIAL, List.of());
        }
    }

    boolean takesWrites() {
        try {
            demandWrites();
            return true;
        } catch (GoneException e) {
            return false;
        }
    }

    /** Whether it was tried, with success. */
    private boolean tryAgainIfGone() throws GoneException {
        if (!failing.get()) {
            return false;
        }
        if (nanoTime.getAsLong() - retryAt < 0 || !trying.compareAndSet(false, true)) {
            throw new GoneException(null);
        }
        try {
            asked(WRITE, TRIAL, List.of());
            if (failing.getAndSet(false)) {
                LOG.log(Level.INFO, "Redis at " + name + " answers again; request limits are shared by it.");
            }
            return true;
        } finally {
            trying.set(false);
        }
    }

    private List<?> asked(String script, String key, List<String> arguments) throws GoneException {
        try {
            return (List<?>) redis.eval(script, List.of(key), arguments);
        } catch (JedisException | ClassCastException e) {
            retryAt = nanoTime.getAsLong() + PAUSE_NANOS;
            if (!failing.getAndSet(true)) {
                LOG.log(Level.WARNING, "Redis at " + name + " does not answer as it should (" + reason(e) + "); request limits are counted in the "
                        + "database alone until it does.");
            }
            // the others to a Redis that was restarted are as broken, and each would cost another second
            redis.getPool().clear();
            throw new GoneException(e);
        }
    }

    /** The innermost says what it was. */
    private static String reason(Throwable thrown) {
        Throwable cause = thrown;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return String.valueOf(cause.getMessage());
    }

    boolean isGone() {
        return failing.get();
    }

    String name() {
        return name;
    }

    @Override
    public void close() {
        redis.close();
    }
}
