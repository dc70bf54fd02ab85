package org.wallwhale.sandbox;

/**
 * A file of an item.
 *
 * @param name as DepotDownloader prints it, {@code /} between folders; may carry raw bytes, see {@link Console}
 * @param size in bytes
 */
record ItemFile(String name, long size) {
    /** The name that .NET gives the file: U+FFFD for each byte that is no UTF-8. */
    String nameOnDisk() {
        StringBuilder name = new StringBuilder(name());
        for (int at = 0; at < name.length(); at++) {
            if (Console.isRawByte(name, at)) {
                name.setCharAt(at, '\uFFFD');
            }
        }
        return name.toString();
    }
}
