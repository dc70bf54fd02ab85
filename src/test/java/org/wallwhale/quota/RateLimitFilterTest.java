package org.wallwhale.quota;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.ws.rs.container.ContainerRequestContext;
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
    private Caller caller;

    @BeforeEach
    void theDatabaseIsAway() {
        beans = new Beans(outage.database(), Map.of());
        caller = Callers.of(beans.addUser(), "download:read");
        filter = beans.get(RateLimitFilter.class);
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
        filter.filter(call("GET"));
        filter.filter(call("HEAD"));
        assertThat(uncounted()).isEqualTo(2);
    }

    @Test
    void writesAreRefused() {
        assertThatThrownBy(() -> filter.filter(call("POST")))
                .isInstanceOfSatisfying(ProblemException.class, refusal -> assertThat(refusal.problem()).isEqualTo(Problem.UNAVAILABLE));
        assertThat(uncounted()).isZero();
    }

    private double uncounted() {
        return Exposition.of(beans.get(Registry.class)).value("wallwhale_uncounted_requests_total");
    }

    private ContainerRequestContext call(String method) {
        Map<String, Object> answers = Map.of("getMethod", method, "getProperty", caller);
        return (ContainerRequestContext) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {ContainerRequestContext.class},
                (proxy, asked, arguments) -> answers.get(asked.getName()));
    }
}
