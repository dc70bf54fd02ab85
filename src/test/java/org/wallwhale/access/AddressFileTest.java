package org.wallwhale.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressFileTest {
    @TempDir
    private Path folder;
    private Path conf;
    private final AtomicLong nanoTime = new AtomicLong(Long.MAX_VALUE - 5);
    private long writes;

    @BeforeEach
    void place() {
        conf = AddressFile.in(folder);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "none", value = {
        "none                                       | 192.0.2.1        | true",
        "deny 192.0.2.0/24                          | 192.0.2.1        | false",
        "deny 192.0.2.0/24                          | ::ffff:192.0.2.1 | false",
        "deny 192.0.2.0/24                          | 198.51.100.1     | true",
        "deny 2001:db8::/32                         | 2001:db8::1      | false",
        "allow 192.0.2.0/24                         | 192.0.2.1        | true",
        "allow 192.0.2.0/24                         | 198.51.100.1     | false",
        "allow 192.0.2.0/24                         | 2001:db8::1      | false",
        "allow 192.0.2.0/24;deny 192.0.2.1          | 192.0.2.1        | false",
        "allow 192.0.2.0/24;deny 192.0.2.1          | 192.0.2.2        | true",
        "allow 192.0.2.0/24; allow 2001:db8::/32    | 2001:db8::1      | true",
        "allow 192.0.2.0/24                         | no address       | false",
        "proxy 192.0.2.0/24                         | 198.51.100.1     | true",
        "# deny 192.0.2.1;;deny\t192.0.2.2 # why    | 192.0.2.1        | true",
        "# deny 192.0.2.1;;deny\t192.0.2.2 # why    | 192.0.2.2        | false",
    })
    void denyCountsMoreThanAllowAndAllowShutsOutEverybodyElse(String lines, String address, boolean admitted) throws IOException {
        if (lines != null) {
            write(lines.split(";"));
        }
        assertThat(file().rules().admits(address)).isEqualTo(admitted);
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.1,    false, 192.0.2.1,    true,  from the network itself",
        "192.0.2.1,    true,  192.0.2.1,    false, by a proxy there that is not listed",
        "198.51.100.1, false, 198.51.100.1, false, from elsewhere",
        "203.0.113.9,  true,  192.0.2.1,    true,  by a listed proxy",
        "203.0.113.9,  true,  198.51.100.1, false, by a listed proxy for somebody else",
        "192.0.2.9,    true,  192.0.2.1,    true,  by a listed proxy there",
        "192.0.2.9,    true,  192.0.2.9,    false, by a listed proxy that does not say for whom",
        "192.0.2.9,    false, 192.0.2.9,    false, by a listed proxy that says nothing at all",
    })
    void onlyWhoIsKnownToBeThereMonitors(String peer, boolean forwarded, String address, boolean monitor) throws IOException {
        write("monitor 192.0.2.0/24", "proxy 192.0.2.9", "proxy 203.0.113.9");
        assertThat(file().rules().isMonitor(peer, forwarded, address)).isEqualTo(monitor);
        assertThat(AddressRules.NONE.isMonitor(peer, forwarded, address)).isFalse();
    }

    @Test
    void everyFaultyLineIsTold() {
        assertThat(AddressRules.parse(List.of("deny 192.0.2.0/24", "alow 192.0.2.1", "allow", "deny 192.0.2.*", "allow 192.0.2.1 192.0.2.2",
                "deny example.org")).faults()).extracting(fault -> fault.substring(0, 6))
                .containsExactly("line 2", "line 3", "line 4", "line 5", "line 6");
    }

    @Test
    void aFaultyFileIsNoneToStartWith() throws IOException {
        write("deny everybody");
        assertThatThrownBy(this::file).hasMessageContaining("line 1");
    }

    @Test
    void aChangeCountsFromTheNextLookOn() throws IOException {
        AddressFile file = file();
        write("deny 192.0.2.1");
        assertThat(file.rules().admits("192.0.2.1")).as("not looked at for every request").isTrue();
        aSecondLater();
        assertThat(file.rules().admits("192.0.2.1")).isFalse();
        write("");
        aSecondLater();
        assertThat(file.rules().admits("192.0.2.1")).isTrue();
    }

    @Test
    void theLastGoodRulesStayWhileTheFileIsFaultyOrGone() throws IOException {
        write("deny 192.0.2.1");
        AddressFile file = file();
        write("deny 192.0.2.2", "nonsense");
        aSecondLater();
        assertThat(file.rules().admits("192.0.2.1")).isFalse();
        assertThat(file.rules().admits("192.0.2.2")).isTrue();
        Files.delete(conf);
        aSecondLater();
        assertThat(file.rules().admits("192.0.2.1")).isFalse();
        write("deny 192.0.2.2");
        aSecondLater();
        assertThat(file.rules().admits("192.0.2.1")).isTrue();
        assertThat(file.rules().admits("192.0.2.2")).isFalse();
    }

    private AddressFile file() {
        return new AddressFile(conf, nanoTime::get);
    }

    private void aSecondLater() {
        nanoTime.addAndGet(Duration.ofSeconds(1).toNanos());
    }

    /** Each time with another time of change, however fast the test is. */
    private void write(String... lines) throws IOException {
        Files.write(conf, List.of(lines));
        Files.setLastModifiedTime(conf, FileTime.fromMillis(1_000_000 + writes++));
    }
}
