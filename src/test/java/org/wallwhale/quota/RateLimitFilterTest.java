package org.wallwhale.quota;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.lang.reflect.Field;
import java.lang.reflect.Proxy;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.wallwhale.Beans;
import org.wallwhale.access.Caller;
import org.wallwhale.access.Callers;
import org.wallwhale.database.Outage;
import org.wallwhale.metrics.Exposition;
import org.wallwhale.metrics.Registry;
import org.wallwhale.problem.Problem;
import org.wallwhale.problem.ProblemException;

/** A filter whose limits cannot be looked up. */
class RateLimitFilterTest {
    private final Outage outage = new Outage();
    private Beans beans;
    private RateLimitFilter filter;

    @BeforeEach
    void theDatabaseIsAway() throws ReflectiveOperationException {
        beans = new Beans(outage.database(), Map.of());
        Caller caller = Callers.of(beans.addUser(), "download:read");
        filter = beans.get(RateLimitFilter.class);
        Field request = RateLimitFilter.class.getDeclaredField("request");
        request.setAccessible(true);
        request.set(filter, answering(HttpServletRequest.class, "getAttribute", caller));
        outage.begin();
    }

    @AfterEach
    void close() {
        outage.end();
        beans.close();
    }

    @Test
    void readsPassAndAreToldInTheMetrics() {
        assertThat(uncounted()).isZero();
        filter.filter(answering(ContainerRequestContext.class, "getMethod", "GET"));
        filter.filter(answering(ContainerRequestContext.class, "getMethod", "HEAD"));
        assertThat(uncounted()).isEqualTo(2);
    }

    @Test
    void writesAreRefused() {
        assertThatThrownBy(() -> filter.filter(answering(ContainerRequestContext.class, "getMethod", "POST")))
                .isInstanceOfSatisfying(ProblemException.class, refusal -> assertThat(refusal.problem()).isEqualTo(Problem.UNAVAILABLE));
        assertThat(uncounted()).isZero();
    }

    private double uncounted() {
        return Exposition.of(beans.get(Registry.class)).value("wallwhale_uncounted_requests_total");
    }

    private static <T> T answering(Class<T> type, String question, Object answer) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type},
                (proxy, method, arguments) -> method.getName().equals(question) ? answer : null));
    }
}
