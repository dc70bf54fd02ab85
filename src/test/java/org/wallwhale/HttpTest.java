package org.wallwhale;

import org.junit.jupiter.api.extension.ExtendWith;

/** A test of the packaged WAR from outside, by HTTP. All such classes share one server, see {@link ServerUnderTest}. */
@ExtendWith(ServerUnderTest.class)
public abstract class HttpTest {
}
