package org.wallwhale.config;

/**
 * A key of the data folder that rows of the database depend on, in {@code secrets/}.
 *
 * @param loss what becomes of these rows under another key, as a whole clause: "no API key works any longer"
 */
public record KeyFile(String name, String loss) {
}
