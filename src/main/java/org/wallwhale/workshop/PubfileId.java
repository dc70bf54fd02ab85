package org.wallwhale.workshop;

import org.wallwhale.problem.Problem;
import org.wallwhale.problem.ProblemException;

/**
 * The id of a Workshop item or collection: decimal, 1 to 18446744073709551614, without leading zeros. It is text, since ids
 * may pass what a {@code long} and JavaScript's numbers can hold.
 */
public record PubfileId(String value) {
    private static final int LONGEST_ADDRESS = 2048;
    private static final String LARGEST = "18446744073709551614";

    /** Takes an id that was checked before. Throws {@link IllegalArgumentException} for anything else. */
    public PubfileId {
        String fault = fault(value);
        if (fault != null) {
            throw new IllegalArgumentException(fault);
        }
    }

    /**
     * Reads what a person pasted: a bare id, the address of one of an item's pages on {@code steamcommunity.com}, or a
     * {@code steam://} link to one.
     *
     * @throws ProblemException {@link Problem#INVALID} at {@code /urlOrId}, with a sentence that names the fault
     */
    public static PubfileId parse(String urlOrId) {
        if (urlOrId == null || urlOrId.isEmpty()) {
            throw refused("There is no id and no address. Send the id of a Workshop item or the address of its page.");
        }
        if (urlOrId.length() > LONGEST_ADDRESS) {
            throw refused("The address is longer than 2,048 characters. Send the id of the Workshop item instead.");
        }
        if (urlOrId.chars().anyMatch(Character::isISOControl)) {
            throw refused("The id or address holds a control character, such as a line break or a tab. Remove it.");
        }
        if (!urlOrId.equals(urlOrId.strip())) {
            throw refused("The id or address begins or ends with a blank. Remove the blanks around it.");
        }
        return urlOrId.contains("/") ? new WorkshopAddress(urlOrId).id() : checked(urlOrId);
    }

    static PubfileId checked(String digits) {
        String fault = fault(digits);
        if (fault != null) {
            throw refused(fault);
        }
        return new PubfileId(digits);
    }

    static ProblemException neitherIdNorAddress() {
        return refused(neither());
    }

    static ProblemException refused(String sentence) {
        return Problem.INVALID.at("/urlOrId", sentence);
    }

    private static String fault(String id) {
        if (id.isEmpty() || !id.chars().allMatch(PubfileId::isDigit)) {
            return faultInCharacters(id);
        }
        if (id.startsWith("0")) {
            return "The id begins with a zero. Ids of Workshop items never do.";
        }
        if (id.length() > LARGEST.length() || id.length() == LARGEST.length() && id.compareTo(LARGEST) > 0) {
            return "The id is larger than " + LARGEST + ", the largest that Steam can give out. Check its digits.";
        }
        return null;
    }

    private static String faultInCharacters(String id) {
        if (id.startsWith("+") || id.startsWith("-")) {
            return "The id has a sign. Send its digits alone.";
        }
        if (id.startsWith("0x") || id.startsWith("0X")) {
            return "The id is written in hexadecimal. Send it in decimal digits.";
        }
        if (id.codePoints().anyMatch(c -> !isDigit(c) && Character.isDigit(c))) {
            return "The id holds full-width digits or digits of another script. Use the digits 0 to 9.";
        }
        return neither();
    }

    private static String neither() {
        return "This is neither an id, which has nothing but the digits 0 to 9, nor an address that begins with"
            + " https://steamcommunity.com/ or steam://. Send the id of a Workshop item or the address of its page.";
    }

    private static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }

    /** The digits, so that an id can stand in addresses and sentences. */
    @Override
    public String toString() {
        return value;
    }
}
