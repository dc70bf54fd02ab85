package org.wallwhale.access;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Who may call the server at all, whose word about the client's address counts, and who watches the server.
 *
 * @param proxies their word counts
 * @param allow where anything is listed, everybody else is refused
 * @param deny counts more than {@code allow}
 * @param monitors may watch the server without a credential
 */
record AddressRules(Networks proxies, Networks allow, Networks deny, Networks monitors) {
    static final AddressRules NONE = of(Map.of());
    private static final Pattern LINE = Pattern.compile("(proxy|allow|deny|monitor)\\s+(\\S+)");

    /** What a file says: {@code faults} are sentences, one for each line that cannot be read; {@code rules} are of the others. */
    record Read(AddressRules rules, List<String> faults) {
    }

    /**
     * A line each: {@code proxy}, {@code allow}, {@code deny} or {@code monitor} and one address or network; from {@code #} on it is
     * a comment.
     */
    static Read read(Path file) {
        try {
            // any byte may stand in a comment
            return parse(Files.readAllLines(file, StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            return new Read(NONE, List.of("content cannot be read"));
        }
    }

    static Read parse(List<String> lines) {
        Map<String, List<String>> networks = new HashMap<>();
        List<String> faults = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).replaceFirst("#.*", "").strip();
            Matcher words = LINE.matcher(line);
            if (words.matches() && Networks.isNetwork(words.group(2))) {
                networks.computeIfAbsent(words.group(1), word -> new ArrayList<>()).add(words.group(2));
            } else if (!line.isEmpty()) {
                faults.add("line " + (i + 1) + " must be proxy, allow, deny or monitor and one address or network, such as "
                        + "\"deny 192.0.2.0/24\", but is \"" + line.replaceAll("[^ -~]", "?") + "\"");
            }
        }
        return new Read(of(networks), faults);
    }

    private static AddressRules of(Map<String, List<String>> lines) {
        return new AddressRules(of(lines, "proxy"), of(lines, "allow"), of(lines, "deny"), of(lines, "monitor"));
    }

    private static Networks of(Map<String, List<String>> lines, String word) {
        return Networks.of(lines.getOrDefault(word, List.of()));
    }

    boolean admits(String address) {
        return !deny.contains(address) && (allow.isEmpty() || allow.contains(address));
    }

    /**
     * Not where it is unknown who asks: behind a proxy that is not listed, or behind a listed one that does not say.
     *
     * @param peer the other end of the connection
     * @param forwarded whether a proxy claims to have handed the request on
     * @param address the client's
     */
    boolean isMonitor(String peer, boolean forwarded, String address) {
        return monitors.contains(address) && !proxies.contains(address) && (!forwarded || proxies.contains(peer));
    }
}
