package org.wallwhale.cli;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * What {@code doctor} found out about one thing.
 *
 * @param cure what to do about it; null unless there is trouble
 */
record Finding(String about, State state, String sentence, String cure) {
    /** How it is. */
    enum State {
        @JsonProperty("ok") OK,
        /** It was not there to be asked, which is no trouble of this machine. */
        @JsonProperty("unknown") UNKNOWN,
        @JsonProperty("trouble") TROUBLE
    }

    static Finding ok(String about, String sentence) {
        return new Finding(about, State.OK, sentence, null);
    }

    static Finding unknown(String about, String sentence) {
        return new Finding(about, State.UNKNOWN, sentence, null);
    }

    static Finding trouble(String about, String sentence, String cure) {
        return new Finding(about, State.TROUBLE, sentence, cure);
    }
}
