package org.wallwhale.rest;

import static org.assertj.core.api.Assertions.assertThat;

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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.wallwhale.config.LocalSettings;

/** Requests of HTTP/2, which tell of no body. Payara Micro does not speak it as it is set, other servers do. */
class BodyFilterTest {
    private final Map<String, Object> answer = new HashMap<>();

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
        Field config = BodyFilter.class.getDeclaredField("config");
        config.setAccessible(true);
        config.set(filter, new RestConfig(LocalSettings.read()));
        return filter;
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
