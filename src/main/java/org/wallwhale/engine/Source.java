package org.wallwhale.engine;

/** The stream that a line came from: an item's author can imitate any line on OUT, but none on ERR. */
enum Source {
    OUT,
    ERR
}
