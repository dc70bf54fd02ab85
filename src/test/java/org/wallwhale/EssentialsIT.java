package org.wallwhale;

import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(ServerUnderTest.class)
class EssentialsIT extends Essentials {
    @Override
    String url() {
        return ServerUnderTest.URL;
    }
}
