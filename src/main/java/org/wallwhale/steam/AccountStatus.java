package org.wallwhale.steam;

/** What an administrator says of a Steam account. Only an active one logs in. */
public enum AccountStatus {
    ACTIVE,
    INACTIVE,
    /** Steam banned or locked it. */
    BANNED
}
