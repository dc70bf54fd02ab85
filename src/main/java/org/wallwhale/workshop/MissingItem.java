package org.wallwhale.workshop;

/** An id of which the public sees no item. Steam answers alike for what never was, what was deleted and what is private. */
public record MissingItem(String pubfileId, Why why) implements Item {
    /** As far as Steam tells. */
    public enum Why {
        NOT_FOUND,
        /** It is there, but not for everybody. */
        PRIVATE,
        BANNED
    }
}
