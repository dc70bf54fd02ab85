package org.wallwhale;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A test of the packaged WAR from outside, by HTTP. All such classes share one server, see {@link ServerUnderTest}, and run against every
 * server and on every database: that is what the tag is for.
 */
@Tag("http")
@ExtendWith(ServerUnderTest.class)
public abstract class HttpTest {
}
