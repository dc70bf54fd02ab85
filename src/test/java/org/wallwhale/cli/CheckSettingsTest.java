package org.wallwhale.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

class CheckSettingsTest {
    @Test
    void aPortInUseIsToldFromAnAddressThatIsNotOurs() throws IOException {
        try (ServerSocket other = new ServerSocket(0, 1, new InetSocketAddress("127.0.0.1", 0).getAddress())) {
            int port = other.getLocalPort();
            assertThat(told("127.0.0.1", port)).startsWith("WALLWHALE_HTTP_PORT " + port + " is taken at 127.0.0.1")
                    .contains("another server");
        }
        for (String elsewhere : new String[] {"192.0.2.1", "no-such-host.invalid"}) {
            assertThat(told(elsewhere, 18_080)).startsWith("WALLWHALE_HTTP_ADDRESS " + elsewhere + " is no address of this machine")
                    .doesNotContain("another server");
        }
    }

    @Test
    void aPortWithoutTheRightToItIsTold() {
        assertThat(CheckSettings.cannotListen("127.0.0.1", 80, "Permission denied"))
                .startsWith("WALLWHALE_HTTP_PORT 80 may not be listened on by this user").doesNotContain("another server");
    }

    private static String told(String address, int port) {
        IOException failure = catchThrowableOfType(IOException.class, () -> {
            try (ServerSocket socket = new ServerSocket()) {
                socket.bind(new InetSocketAddress(address, port));
            }
        });
        return CheckSettings.cannotListen(address, port, failure.getMessage());
    }
}
