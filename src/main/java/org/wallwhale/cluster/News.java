package org.wallwhale.cluster;

import java.util.List;
import java.util.stream.Collectors;

/** One line of a payload, whose first line names the sender. */
record News(String topic, String text) {
    static final News EVERYTHING = new News("everything", "");

    String line() {
        return topic + ' ' + text;
    }

    static String payload(String sender, List<News> news) {
        return sender + news.stream().map(each -> '\n' + each.line()).collect(Collectors.joining());
    }

    /** Of somebody else than {@code self}; topics that are not known here are nobody's business. */
    static List<News> of(String payload, String self) {
        List<String> lines = payload.lines().toList();
        return lines.isEmpty() || lines.get(0).equals(self) ? List.of() : lines.stream().skip(1).map(News::ofLine).toList();
    }

    private static News ofLine(String line) {
        int blank = line.indexOf(' ');
        return blank < 0 ? new News(line, "") : new News(line.substring(0, blank), line.substring(blank + 1));
    }
}
