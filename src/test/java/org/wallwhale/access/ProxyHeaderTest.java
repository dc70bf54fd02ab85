package org.wallwhale.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Proxies are 10.0.0.0/8, 127.0.0.1 and 2001:db8:a::/48. Lines of a header are set apart by a slash. */
class ProxyHeaderTest {
    private static final Networks PROXIES = Networks.of(List.of("10.0.0.0/8", "127.0.0.1", "2001:db8:a::/48"));

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "none", value = {
        "203.0.113.9        | 198.51.100.7                            | 203.0.113.9",
        "203.0.113.9        | 10.0.0.1                                | 203.0.113.9",
        "::ffff:203.0.113.9 | 198.51.100.7                            | 203.0.113.9",
        "10.0.0.1           | none                                    | 10.0.0.1",
        "10.0.0.1           | 198.51.100.7                            | 198.51.100.7",
        "::ffff:10.0.0.1    | 198.51.100.7                            | 198.51.100.7",
        "2001:db8:a::1      | 198.51.100.7                            | 198.51.100.7",
        "10.0.0.1           | 127.0.0.1, 198.51.100.7                 | 198.51.100.7",
        "10.0.0.1           | 192.0.2.1, 198.51.100.7, 10.0.0.2       | 198.51.100.7",
        "10.0.0.1           | 192.0.2.1/198.51.100.7/10.0.0.2         | 198.51.100.7",
        "10.0.0.1           | 198.51.100.7/10.0.0.3,10.0.0.2          | 198.51.100.7",
        "10.0.0.1           | 10.0.0.3, 10.0.0.2                      | 10.0.0.3",
        "10.0.0.1           | 198.51.100.7:4711                       | 198.51.100.7",
        "10.0.0.1           | 2001:DB8:0::7                           | 2001:db8::7",
        "10.0.0.1           | [2001:db8::7]                           | 2001:db8::7",
        "10.0.0.1           | [2001:db8::7]:4711                      | 2001:db8::7",
        "10.0.0.1           | ::ffff:198.51.100.7                     | 198.51.100.7",
        "10.0.0.1           | fe80::1%eth0                            | fe80::1",
        "10.0.0.1           | 192.0.2.1, unknown                      | 10.0.0.1",
        "10.0.0.1           | 192.0.2.1, unknown, 10.0.0.2            | 10.0.0.2",
        "10.0.0.1           | unknown, 192.0.2.1                      | 192.0.2.1",
        "10.0.0.1           | 192.0.2.1,                              | 10.0.0.1",
        "10.0.0.1           | 192.0.2.0/24                            | 10.0.0.1",
        "10.0.0.1           | 0x7f.1                                  | 10.0.0.1",
        "10.0.0.1           | 198.51.100.7:99999999                   | 10.0.0.1",
        "10.0.0.1           | [2001:db8::7                            | 10.0.0.1",
        "10.0.0.1           | example.org                             | 10.0.0.1",
    })
    void theRightmostHopThatIsNoProxyIsTheClient(String peer, String lines, String client) {
        assertThat(client(ProxyHeader.X_FORWARDED_FOR, peer, lines)).isEqualTo(client);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "none", quoteCharacter = '\0', value = {
        "203.0.113.9 | for=198.51.100.7                                       | 203.0.113.9",
        "10.0.0.1    | for=198.51.100.7                                       | 198.51.100.7",
        "10.0.0.1    | For=198.51.100.7;proto=https;by=10.0.0.1               | 198.51.100.7",
        "10.0.0.1    | proto=https; for=\"198.51.100.7:4711\"                 | 198.51.100.7",
        "10.0.0.1    | for=\"[2001:db8::7]:4711\"                             | 2001:db8::7",
        "10.0.0.1    | for=\"[2001:db8::7]:_hidden\"                          | 2001:db8::7",
        "10.0.0.1    | for=192.0.2.1, for=198.51.100.7/for=10.0.0.2           | 198.51.100.7",
        "10.0.0.1    | for=192.0.2.1;host=\"a,for=192.0.2.2\"                 | 192.0.2.1",
        "10.0.0.1    | host=\"a;for=192.0.2.2\";for=192.0.2.1                 | 192.0.2.1",
        "10.0.0.1    | host=\"a\\\";for=192.0.2.2;b=\\\"\";for=192.0.2.1      | 192.0.2.1",
        "10.0.0.1    | for=\"192.0.2.1, for=198.51.100.7                      | 198.51.100.7",
        "10.0.0.1    | for=\"192.0.2.1/for=\"[2001:db8::7]:1\"                | 2001:db8::7",
        "10.0.0.1    | for=192.0.2.1\\, for=\"[2001:db8::7]\"                 | 2001:db8::7",
        "10.0.0.1    | for=192.0.2.1, for=unknown                             | 10.0.0.1",
        "10.0.0.1    | for=192.0.2.1, for=_secret                             | 10.0.0.1",
        "10.0.0.1    | for=192.0.2.1, by=10.0.0.1                             | 10.0.0.1",
        "10.0.0.1    | for=192.0.2.1;for=192.0.2.2                            | 10.0.0.1",
        "10.0.0.1    | none                                                   | 10.0.0.1",
    })
    void theSameIsReadFromForwarded(String peer, String lines, String client) {
        assertThat(client(ProxyHeader.FORWARDED, peer, lines)).isEqualTo(client);
    }

    @Test
    void aHeaderIsKnownByItsNameInAnyCase() {
        assertThat(ProxyHeader.of("x-forwarded-for")).hasValue(ProxyHeader.X_FORWARDED_FOR);
        assertThat(ProxyHeader.of("X-Real-IP")).isEmpty();
    }

    private static String client(ProxyHeader header, String peer, String lines) {
        // a slash within a network would be no hop
        List<String> all = lines == null ? List.of() : lines.matches(".*/\\d\\d$") ? List.of(lines) : List.of(lines.split("/"));
        return header.client(peer, all, PROXIES::contains);
    }
}
