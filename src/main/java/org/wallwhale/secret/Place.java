package org.wallwhale.secret;

/** Where a sealed value is stored. What was sealed for one place opens in no other. */
public record Place(String table, Object row, String column) {
    /** Each part with its length, so that no two places look alike. */
    @Override
    public String toString() {
        return part(table) + part(row.toString()) + part(column);
    }

    private static String part(String text) {
        return text.length() + ":" + text;
    }
}
