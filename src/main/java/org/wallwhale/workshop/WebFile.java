package org.wallwhale.workshop;

/**
 * The one file of an old item that lies on a web server.
 *
 * @param address as Steam tells it: not checked
 * @param fileName as the author chose it: not checked, perhaps with folders
 */
public record WebFile(String address, String fileName) {
}
