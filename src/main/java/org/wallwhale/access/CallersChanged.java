package org.wallwhale.access;

/** Keys, users or sessions were changed, on whichever instance: whoever was let in before must be looked at again. Do not wait. */
public record CallersChanged() {
}
