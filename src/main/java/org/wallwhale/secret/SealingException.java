package org.wallwhale.secret;

/** A stored value cannot be opened. The sentence names the place and never a value; it has no cause, which might. */
public class SealingException extends RuntimeException {
    private static final long serialVersionUID = 1;

    SealingException(Place place, String sentence) {
        super("The value in " + place.table() + "." + place.column() + " of row " + place.row() + " cannot be opened: " + sentence);
    }
}
