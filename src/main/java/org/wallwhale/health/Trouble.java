package org.wallwhale.health;

/**
 * Something an operator should do something about.
 *
 * @param service which part it is of: the name of a check
 * @param cause a sentence: what is wrong
 * @param cure a sentence: what to do
 */
public record Trouble(String service, Severity severity, String cause, String cure) {
}
