package org.wallwhale.rest;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.lang.reflect.Field;
import java.lang.reflect.Proxy;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.wallwhale.config.LocalSettings;

/** Requests of HTTP/2, which tell of no body. */
class BodyFilterTest {
    private static final ScheduledExecutorService TIMERS = Executors.newSingleThreadScheduledExecutor();
    private final Map<String, Object> answer = new HashMap<>();

    @AfterAll
    static void end() {
        TIMERS.shutdown();
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "PATCH"})
    void aBodyThatAnnouncesNothingIsNoLargerThanAnyOther(String method) throws Exception {
        assertThat(passed(method, BodyFilter.LIMIT_BYTES + 1)).isEqualTo(-1);
        assertThat(answer.get("setStatus")).isEqualTo(413);
        assertThat(passed(method, BodyFilter.LIMIT_BYTES)).isEqualTo(BodyFilter.LIMIT_BYTES);
    }

    @Test
    void aBodyThatIsNotThereIsAwaitedByNobody() throws Exception {
        assertThat(passed("POST", 0)).isZero();
        assertThat(passed("GET", 0)).isZero();
    }

    /** How many bytes were let through; -1 when the request was refused. */
    private int passed(String method, int bytes) throws Exception {
        HttpServletRequest request = fake(HttpServletRequest.class, Map.of("getProtocol", "HTTP/2.0", "getMethod", method,
                "getContentLengthLong", -1L, "getHeaders", Collections.emptyEnumeration(), "getInputStream",
                new ReceivedRequest(fake(HttpServletRequest.class, Map.of()), new byte[bytes]).getInputStream()));
        int[] count = {-1};
        FilterChain chain = (passed, response) -> count[0] = passed.getInputStream().readAllBytes().length;
        filter().doFilter(request, fake(HttpServletResponse.class, Map.of("getOutputStream", new Nowhere())), chain);
        return count[0];
    }

    private static BodyFilter filter() throws ReflectiveOperationException {
        BodyFilter filter = new BodyFilter();
        set(filter, "config", new RestConfig(LocalSettings.read()));
        set(filter, "timers", Proxy.newProxyInstance(BodyFilter.class.getClassLoader(), new Class<?>[] {ManagedScheduledExecutorService.class},
                (proxy, method, arguments) -> method.invoke(TIMERS, arguments)));
        return filter;
    }

    private static void set(BodyFilter filter, String name, Object value) throws ReflectiveOperationException {
        Field field = BodyFilter.class.getDeclaredField(name);
        field.setAccessible(true);
        field.set(filter, value);
    }

    /** Answers what it is told to, and keeps what it is given. */
    private <T> T fake(Class<T> type, Map<String, Object> answers) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
            if (arguments != null) {
                answer.put(method.getName(), arguments[0]);
            }
            return answers.get(method.getName());
        }));
    }

    private static final class Nowhere extends ServletOutputStream {
        @Override
        public void write(int oneByte) {
            // nobody looks
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setWriteListener(WriteListener listener) {
            throw new UnsupportedOperationException();
        }
    }
}
