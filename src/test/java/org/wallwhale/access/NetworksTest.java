package org.wallwhale.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NetworksTest {
    @ParameterizedTest
    @CsvSource({
        "192.0.2.0/24, 192.0.2.1, true",
        "192.0.2.0/24, 192.0.3.1, false",
        "192.0.2.77/24, 192.0.2.1, true",
        "192.0.2.1, 192.0.2.1, true",
        "192.0.2.1, 192.0.2.2, false",
        "192.0.2.0/24, ::ffff:192.0.2.1, true",
        "::ffff:192.0.2.0/120, 192.0.2.1, true",
        "2001:db8::/32, 2001:db8:ffff::1, true",
        "2001:db8::/32, 2001:db9::1, false",
        "fe80::/10, fe80::1%eth0, true",
        "0.0.0.0/0, 203.0.113.9, true",
        "0.0.0.0/0, 2001:db8::1, false",
        "::/0, 2001:db8::1, true",
        "127.0.0.0/8, localhost, false",
        "127.0.0.0/8, 0x7f.1, false",
        "127.0.0.0/8, 2130706433, false",
        "127.0.0.0/8, 127.1, false",
    })
    void anAddressLiesInANetworkOrNot(String network, String address, boolean inside) {
        assertThat(Networks.of(List.of(network)).contains(address)).isEqualTo(inside);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "*", "192.0.2.*", "192.0.2.1-9", "192.0.2", "192.0.2.0/33", "2001:db8::/129", "example.org",
        "192.0.2.0/255.255.255.0", "1.2.3.4/24/24", "all"})
    void whatIsNoNetworkIsToldWithItsText(String text) {
        assertThatThrownBy(() -> Networks.of(List.of(text))).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"" + text + "\"");
    }

    @Test
    void anAddressIsWrittenInOneWay() {
        assertThat(Networks.canonical("::FFFF:192.0.2.1")).hasValue("192.0.2.1");
        assertThat(Networks.canonical("2001:DB8:0:0:0:0:0:1")).hasValue("2001:db8::1");
        assertThat(Networks.canonical("192.0.2.0/24")).isEmpty();
        assertThat(Networks.canonical("unknown")).isEmpty();
    }
}
