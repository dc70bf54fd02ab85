package org.wallwhale.server;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * One thing that is done to a cluster.
 *
 * @param instance that it hits, or all when it is the database
 * @param afterMillis this long after that instance was seen to run something
 * @param untilTakenOver a killed instance starts again only when the others took up what it ran
 */
record Trouble(Kind kind, int instance, int afterMillis, boolean untilTakenOver) {
    /** Most runs are over by then, so that some are hit at each of their stages. */
    private static final int LATEST_MILLIS = 4000;

    enum Kind { KILL, PAUSE, DATABASE }

    /** The same for the same drill and state of {@code random}. */
    static List<Trouble> plan(Drill drill, Random random) {
        List<Kind> kinds = new ArrayList<>(Collections.nCopies(drill.kills(), Kind.KILL));
        kinds.addAll(Collections.nCopies(drill.pauses(), Kind.PAUSE));
        kinds.addAll(Collections.nCopies(drill.restarts(), Kind.DATABASE));
        Collections.shuffle(kinds, random);
        return kinds.stream().map(kind -> new Trouble(kind, random.nextInt(drill.instances()), random.nextInt(LATEST_MILLIS),
                random.nextBoolean() && drill.instances() > 1)).toList();
    }

    @Override
    public String toString() {
        String what = switch (kind) {
            case KILL -> "kill -9 of " + Cluster.name(instance) + (untilTakenOver ? " until others took over" : "");
            case PAUSE -> "SIGSTOP of " + Cluster.name(instance);
            case DATABASE -> "PostgreSQL stopped at once";
        };
        return what + ", " + afterMillis + " ms into a run";
    }
}
