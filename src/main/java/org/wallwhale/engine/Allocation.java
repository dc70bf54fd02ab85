package org.wallwhale.engine;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Finds files that have a length but were never filled: the tool creates every file at full length first, so only allocated
 * blocks tell. Asked of {@code du -k} (POSIX), because Java cannot see blocks.
 */
final class Allocation {
    /** For the arguments of one run, below every system's limit: 2,000 files fit, and each further run costs some 10 ms. */
    private static final int MOST_ARGUMENT_BYTES = 512 * 1024;
    /** What an argument takes besides its name: the pointer, "./" and the end. */
    private static final int ARGUMENT_BYTES = 11;
    private static final int KIB = 1024;
    private static final int PROBE_BYTES = 1 << 20;
    private static final Charset NAMES = Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8"));

    private Allocation() {
    }

    /**
     * The first file below {@code root} with fewer blocks than its length needs; no hole is tolerated, since the tool writes
     * zeros too. Empty also where blocks say nothing, see {@link #blocksTell}, which tries it out in {@code scratch}.
     */
    static Optional<FetchedFile> firstUnfilled(Path root, List<FetchedFile> files, Path scratch)
            throws IOException, InterruptedException {
        List<FetchedFile> some;
        for (int from = 0; from < files.size(); from += some.size()) {
            some = files.subList(from, endOfRun(files, from));
            List<Long> allocated = allocatedBytes(root, some.stream().map(FetchedFile::path).toList());
            for (int i = 0; i < some.size(); i++) {
                if (allocated.get(i) < some.get(i).sizeBytes()) {
                    return blocksTell(scratch) ? Optional.of(some.get(i)) : Optional.empty();
                }
            }
        }
        return Optional.empty();
    }

    private static int endOfRun(List<FetchedFile> files, int from) {
        int to = from;
        for (int bytes = 0; to < files.size(); to++) {
            bytes += files.get(to).path().getBytes(NAMES).length + ARGUMENT_BYTES;
            if (to > from && bytes > MOST_ARGUMENT_BYTES) {
                break;
            }
        }
        return to;
    }

    /**
     * Whether this file system allocates zeros that were written, at once. One that compresses, or that counts blocks only
     * later, does not; there a file with few blocks may well be complete.
     */
    private static boolean blocksTell(Path scratch) throws IOException, InterruptedException {
        Path probe = Files.createTempFile(scratch, "probe", "");
        try {
            Files.write(probe, new byte[PROBE_BYTES]);
            return allocatedBytes(scratch, List.of(probe.getFileName().toString())).get(0) >= PROBE_BYTES;
        } finally {
            Files.delete(probe);
        }
    }

    private static List<Long> allocatedBytes(Path root, List<String> paths) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("du", "-k"));
        paths.forEach(path -> command.add("./" + path));
        Process du = ChildProcess.bare(command).directory(root.toFile()).redirectError(ProcessBuilder.Redirect.DISCARD).start();
        List<Long> bytes = new ArrayList<>();
        try (InputStream out = du.getInputStream()) {
            ByteArrayInputStream lines = new ByteArrayInputStream(out.readAllBytes());
            for (String path : paths) {
                bytes.add(kibibytes(lines) * KIB);
                // Read by length and not up to a line break: a name may contain one.
                byte[] name = ("./" + path + "\n").getBytes(NAMES);
                if (!Arrays.equals(name, lines.readNBytes(name.length))) {
                    throw new IOException("du did not measure the files it was asked for");
                }
            }
            return bytes;
        } finally {
            du.destroyForcibly().waitFor();
        }
    }

    /** The number at the start of a line of du, and the tab after it. */
    private static long kibibytes(ByteArrayInputStream lines) {
        long number = 0;
        for (int c = lines.read(); c >= '0' && c <= '9'; c = lines.read()) {
            number = number * 10 + c - '0';
        }
        return number;
    }
}
