package org.wallwhale.sandbox;

/** The .NET integers an option can want: decimal or hexadecimal ({@code 0x}, {@code #}, {@code &h}), spaces around allowed. */
enum NumberType {
    INT32("Int32", Integer.MAX_VALUE),
    UINT32("UInt32", 0xFFFF_FFFFL),
    UINT64("UInt64", -1L);

    private final String label;
    private final long largest;

    NumberType(String label, long largest) {
        this.label = label;
        this.largest = largest;
    }

    /** The value, unsigned but for INT32; a bad or too large one ends the run as an unhandled exception. */
    long parse(String value) {
        String text = value.trim();
        boolean negative = this == INT32 && text.startsWith("-");
        try {
            long number = magnitude(negative ? text.substring(1) : text);
            if (Long.compareUnsigned(number, largest) <= 0) {
                return negative ? -number : number;
            }
        } catch (NumberFormatException notANumber) {
            // The message below is the same for every fault.
        }
        throw new Unhandled("System.ArgumentException",
                value.concat(" is not a valid value for ").concat(label).concat(". (Parameter 'value')"));
    }

    private static long magnitude(String text) {
        if (text.startsWith("#")) {
            return Long.parseUnsignedLong(text.substring(1), 16);
        }
        if (text.regionMatches(true, 0, "0x", 0, 2) || text.regionMatches(true, 0, "&h", 0, 2)) {
            return Long.parseUnsignedLong(text.substring(2), 16);
        }
        return Long.parseUnsignedLong(text);
    }
}
