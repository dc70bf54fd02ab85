import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads many event streams in one thread. The arguments: a port, and a file with an address and an API key for each reader. Prints
 * "open" once all of them have their first event; then, for each line of its input, what was read since the last one:
 * {@code <streams open> <streams cut> <numbers missed>}, and for changes and for progress {@code <events> <p50> <p99> <most>}, in
 * milliseconds. A change is as late as its reading is after the time that it tells; progress, which tells none, after the first
 * reader's reading of the same.
 */
final class Readers {
    private static final int MOST_CONNECTING = 64;
    private final Selector selector = Selector.open();
    private final ByteBuffer bytes = ByteBuffer.allocateDirect(64 * 1024);
    private final Map<String, Long> times = new HashMap<>();
    private final Map<String, Long> firsts = new HashMap<>();
    private Delays changes = new Delays();
    private Delays progress = new Delays();
    private int open;
    private int cut;
    private int missed;
    private int connecting;

    private Readers() throws IOException {
    }

    public static void main(String[] arguments) throws IOException {
        new Readers().run(Integer.parseInt(arguments[0]), Files.readAllLines(Path.of(arguments[1])));
    }

    private void run(int port, List<String> plan) throws IOException {
        BufferedReader orders = new BufferedReader(new InputStreamReader(System.in));
        int next = 0;
        boolean told = false;
        while (true) {
            for (; next < plan.size() && connecting < MOST_CONNECTING; next++) {
                connect(port, plan.get(next).split(" "));
            }
            if (!told && open == plan.size()) {
                told = true;
                tell("open");
            }
            if (told && System.in.available() > 0) {
                orders.readLine();
                tell(open + " " + cut + " " + missed + " " + changes.text() + " " + progress.text());
                changes = new Delays();
                progress = new Delays();
            }
            selector.select(key -> ((Reader) key.attachment()).take(key), 50);
        }
    }

    private static void tell(String line) {
        System.out.println(line);
        System.out.flush();
    }

    private void connect(int port, String[] line) throws IOException {
        SocketChannel channel = SocketChannel.open();
        channel.connect(new InetSocketAddress("127.0.0.1", port));
        channel.write(ByteBuffer.wrap(("GET " + line[0] + " HTTP/1.1\r\nHost: 127.0.0.1\r\nX-API-Key: " + line[1]
                + "\r\nAccept: text/event-stream\r\n\r\n").getBytes(StandardCharsets.US_ASCII)));
        channel.configureBlocking(false);
        channel.register(selector, SelectionKey.OP_READ, new Reader(line[0]));
        connecting++;
    }

    /** One stream: takes the chunks apart, then the lines, then the events. */
    private final class Reader {
        private final String address;
        private final StringBuilder frame = new StringBuilder();
        private final StringBuilder line = new StringBuilder();
        private boolean inHead = true;
        private boolean started;
        private boolean ended;
        private int left;
        private String event = "";
        private long id = -1;
        private long number = -1;

        Reader(String address) {
            this.address = address;
        }

        void take(SelectionKey key) {
            try {
                SocketChannel channel = (SocketChannel) key.channel();
                bytes.clear();
                int read = channel.read(bytes);
                long now = System.currentTimeMillis();
                for (bytes.flip(); bytes.hasRemaining(); ) {
                    take((char) (bytes.get() & 0xff), now);
                }
                if (read < 0) {
                    gone(key);
                }
            } catch (IOException e) {
                gone(key);
            }
        }

        private void gone(SelectionKey key) {
            key.cancel();
            try {
                key.channel().close();
            } catch (IOException e) {
                // it is gone
            }
            open -= started ? 1 : 0;
            cut += ended ? 0 : 1;
        }

        /** A byte of a chunk belongs to a line of the stream; any other one to a line of HTTP. */
        private void take(char one, long now) {
            boolean inChunk = left > 0;
            StringBuilder part = inChunk ? line : frame;
            left -= inChunk ? 1 : 0;
            if (one != '\n') {
                part.append(one);
                return;
            }
            String text = part.toString();
            part.setLength(0);
            if (inChunk) {
                line(text, now);
            } else if (inHead) {
                head(text.strip());
            } else if (!text.isBlank()) {
                left = Integer.parseInt(text.strip(), 16);
            }
        }

        private void head(String text) {
            if (text.startsWith("HTTP/") && !text.contains(" 200 ")) {
                throw new IllegalStateException(address + " was answered " + text);
            }
            inHead = !text.isEmpty();
        }

        private void line(String text, long now) {
            if (text.startsWith("event: ")) {
                event = text.substring(7);
            } else if (text.startsWith("id: ")) {
                id = Long.parseLong(text.substring(4));
            } else if (text.startsWith("data: ")) {
                event(text, now);
            }
        }

        private void event(String data, long now) {
            if (id >= 0) {
                missed += number >= 0 && id != number + 1 ? 1 : 0;
                number = id;
                id = -1;
            }
            if (!started) {
                started = true;
                open++;
                connecting--;
                return;
            }
            switch (event) {
                case "log" -> changes.add(now - time(data, "\"at\":\""));
                case "state", "download" -> changes.add(now - time(data, "\"updatedAt\":\""));
                case "progress" -> progress.add(now - firsts.computeIfAbsent(address.endsWith("/events") && !data.contains("\"id\"")
                        ? address + data : data, first -> now));
                default -> ended |= event.equals("end");
            }
        }

        private long time(String data, String before) {
            int start = data.indexOf(before) + before.length();
            return times.computeIfAbsent(data.substring(start, data.indexOf('"', start)), text -> Instant.parse(text).toEpochMilli());
        }
    }

    /** How late events were read. */
    private static final class Delays {
        private long[] all = new long[1024];
        private int count;

        void add(long milliseconds) {
            if (count == all.length) {
                all = Arrays.copyOf(all, 2 * count);
            }
            all[count++] = milliseconds;
        }

        String text() {
            Arrays.sort(all, 0, count);
            return count == 0 ? "0 0 0 0" : count + " " + all[count / 2] + " " + all[(int) (count * 0.99)] + " " + all[count - 1];
        }
    }
}
