package org.wallwhale.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.interceptor.InvocationContext;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wallwhale.config.DataFolder;
import org.wallwhale.config.Settings;
import org.wallwhale.problem.Problem;
import org.wallwhale.problem.ProblemException;

/** An H2 file on a disk of any size. */
class RoomOnH2Test {
    @TempDir
    private Path data;
    private OptionalLong free = OptionalLong.empty();
    private Pulse pulse;
    private DatabaseGate gate;

    @BeforeEach
    void start() {
        Map<String, String> given = Map.of("wallwhale.data-dir", data.toString());
        Settings settings = new Settings(key -> Optional.ofNullable(given.get(key)));
        DatabaseConfig config = new DatabaseConfig(settings);
        Database.migrate(WallwhaleDataSource.open(config));
        pulse = new Pulse(config, new DataFolder(settings) {
            @Override
            public OptionalLong freeBytes() {
                return free;
            }
        });
        gate = new DatabaseGate(pulse);
    }

    @Test
    void whileTheDiskIsNearlyFullOnlyWhatMakesRoomBegins() throws Exception {
        lookWith(15);
        assertRefused("grow");
        assertThat(pass("shrink", () -> "done")).isEqualTo("done");
        assertThat(pass("shrink", () -> pass("grow", () -> "done"))).as("within its transaction").isEqualTo("done");
        assertRefused("grow");
        lookWith(23);
        assertRefused("grow");
        lookWith(24);
        assertThat(pass("grow", () -> "done")).isEqualTo("done");
    }

    @Test
    void onAFullOneNothingBegins() {
        lookWith(1);
        assertRefused("grow");
        assertRefused("shrink");
    }

    @Test
    void oneThatDoesNotTellRefusesNothing() throws Exception {
        assertThat(pulse.look()).isEqualTo(DatabaseState.WELL);
        assertThat(pass("grow", () -> "done")).isEqualTo("done");
    }

    private void lookWith(long mebibytes) {
        free = OptionalLong.of(mebibytes << 20);
        pulse.look();
    }

    private void assertRefused(String method) {
        assertThatThrownBy(() -> pass(method, () -> "done")).isInstanceOfSatisfying(ProblemException.class,
                refused -> assertThat(refused.problem()).isEqualTo(Problem.UNAVAILABLE));
    }

    private Object pass(String name, Callable<?> deed) throws Exception {
        Method method = RoomOnH2Test.class.getDeclaredMethod(name);
        return gate.pass((InvocationContext) Proxy.newProxyInstance(RoomOnH2Test.class.getClassLoader(), new Class<?>[] {InvocationContext.class},
                (proxy, called, arguments) -> called.getName().equals("getMethod") ? method : deed.call()));
    }

    @SuppressWarnings("unused")
    private void grow() {
        // asked for its annotations alone
    }

    @NeedsNoRoom
    @SuppressWarnings("unused")
    private void shrink() {
        // asked for its annotations alone
    }
}
