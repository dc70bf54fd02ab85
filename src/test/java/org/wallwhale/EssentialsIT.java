package org.wallwhale;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;

@Tag("http")
@ExtendWith(ServerUnderTest.class)
class EssentialsIT extends Essentials {
    @Override
    String url() {
        return ServerUnderTest.URL;
    }
}
