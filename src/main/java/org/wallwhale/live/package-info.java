/**
 * Promises that whoever follows a download hears everything in order and once, and that a reader who does not read hurts nobody.
 * Owns no table: streams are told from rows, and news only wake it. Only {@code server} imports it.
 */
package org.wallwhale.live;
