package org.wallwhale.download;

/** Where content comes from. Content of the two never mixes. */
public enum Source {
    STEAM,
    /** The scripted stand-in; chosen only by the account name {@code sandbox} or a key of kind {@code test}. */
    SANDBOX
}
