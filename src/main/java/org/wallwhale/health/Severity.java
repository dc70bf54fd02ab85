package org.wallwhale.health;

/** How far a trouble goes: {@code DOWN} when this instance cannot do its work. */
public enum Severity {
    DEGRADED,
    DOWN
}
