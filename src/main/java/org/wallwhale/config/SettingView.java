package org.wallwhale.config;

/**
 * One setting of this instance.
 *
 * @param variable the environment variable that sets it
 * @param value {@code ***} for one that is secret; null where it is not set
 * @param defaultValue null where it has none
 * @param meaning what it does, and its unit
 * @param source where the value comes from: {@code default}, {@code environment}, {@code system property}, or the name of another source
 *     of configuration; null where it is not set
 */
public record SettingView(String name, String variable, String value, String defaultValue, String meaning, String source) {
}
