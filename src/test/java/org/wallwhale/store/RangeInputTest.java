package org.wallwhale.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.Pipe;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is sent past the reader, and what is read, by turns. */
class RangeInputTest {
    private static final int LARGE = 3_000_000;
    @TempDir
    private Path root;
    private ZipView view;
    private byte[] whole;

    @BeforeEach
    void fillTheFolder() throws IOException {
        List<String> names = new ArrayList<>();
        Random random = new Random(1);
        for (int size : new int[] {LARGE, 0, 100_000, 3, 70_000, 65_536, 65_535, LARGE}) {
            byte[] bytes = new byte[size];
            random.nextBytes(bytes);
            Files.write(root.resolve("f" + names.size()), bytes);
            names.add("f" + names.size());
        }
        view = new ZipView(ContentScan.of(root, names));
        try (RangeInput in = view.open(0, view.length(), root)) {
            whole = in.readAllBytes();
        }
    }

    @Test
    void sentAndReadBytesAreTheRange() throws IOException {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        long sent = 0;
        for (int i = 0; i < 50; i++) {
            int from = random.nextInt(whole.length + 1);
            int to = from + random.nextInt(whole.length - from + 1);
            ByteArrayOutputStream client = new ByteArrayOutputStream();
            try (RangeInput in = view.open(from, to, root); WritableByteChannel channel = Channels.newChannel(client)) {
                for (int count = 1; count > 0;) {
                    for (long piece = 1; piece > 0 && random.nextInt(10) > 0;) {
                        piece = in.sendTo(channel);
                        sent += piece;
                    }
                    byte[] chunk = in.readNBytes(1 + random.nextInt(30_000));
                    count = chunk.length;
                    client.writeBytes(chunk);
                }
            }
            assertThat(Arrays.mismatch(client.toByteArray(), Arrays.copyOfRange(whole, from, to)))
                .as("seed %d, %d to %d", seed, from, to).isEqualTo(-1);
        }
        assertThat(sent).as("what was not read").isPositive();
    }

    @Test
    void whatAClientThatIsFullDoesNotTakeIsStillThere() throws IOException {
        Pipe pipe = Pipe.open();
        try (Pipe.SinkChannel sink = pipe.sink(); Pipe.SourceChannel source = pipe.source(); RangeInput in = view.open(0, view.length(), root)) {
            sink.configureBlocking(false);
            byte[] head = in.readNBytes(1000);
            long sent = 0;
            for (long count = in.sendTo(sink); count > 0; count = in.sendTo(sink)) {
                sent += count;
            }
            assertThat(sent).isPositive().isLessThan(LARGE);
            assertThat(in.sendTo(sink)).isZero();
            ByteArrayOutputStream client = new ByteArrayOutputStream();
            client.writeBytes(head);
            ByteBuffer taken = ByteBuffer.allocate((int) sent);
            while (taken.hasRemaining()) {
                source.read(taken);
            }
            client.writeBytes(taken.array());
            client.writeBytes(in.readAllBytes());
            assertThat(Arrays.mismatch(client.toByteArray(), whole)).isEqualTo(-1);
        }
    }

    @Test
    void aFileThatBecameShorterIsNamedWhenItIsRead() throws IOException {
        try (RangeInput in = view.open(0, view.length(), root);
                WritableByteChannel nowhere = Channels.newChannel(new ByteArrayOutputStream())) {
            in.readNBytes(1000);
            assertThat(in.sendTo(nowhere)).isPositive();
            Files.setPosixFilePermissions(root.resolve("f0"), PosixFilePermissions.fromString("rw-------"));
            Files.write(root.resolve("f0"), new byte[2000]);
            assertThat(in.sendTo(nowhere)).isZero();
            assertThatThrownBy(in::readAllBytes).isInstanceOf(ContentChangedException.class)
                .hasMessage("The stored file \"f0\" became shorter while it was read.");
        }
    }

    @Test
    void nothingIsSentOnceItIsClosed() throws IOException {
        RangeInput in = view.open(0, view.length(), root);
        in.readNBytes(1000);
        in.close();
        assertThatThrownBy(() -> in.sendTo(Channels.newChannel(new ByteArrayOutputStream()))).isInstanceOf(IOException.class);
    }
}
