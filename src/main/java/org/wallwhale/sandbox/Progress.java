package org.wallwhale.sandbox;

/** The percentage lines: one per finished file, bytes of finished files over bytes of all files. */
final class Progress {
    private final Console console;
    private final long total;
    private final char point;
    private long finished;

    /** @param point what stands before the hundredths; old versions used the locale's */
    Progress(Console console, long total, char point) {
        this.console = console;
        this.total = total;
        this.point = point;
    }

    void finished(ItemFile file, String shown) {
        finished += file.size();
        console.line(percentage(), "% ", shown);
    }

    private String percentage() {
        if (total == 0) {
            return "   NaN";
        }
        int hundredths = Math.round((float) finished / total * 10_000);
        StringBuilder text = new StringBuilder();
        text.append(hundredths / 100 < 10 ? " 0" : hundredths < 10_000 ? " " : "").append(hundredths / 100);
        return text.append(point).append((char) ('0' + hundredths / 10 % 10)).append((char) ('0' + hundredths % 10)).toString();
    }
}
