package org.wallwhale.worker;

import org.wallwhale.download.Claim;

/** A run of this instance, in one of its slots. */
record Running(Claim claim, int slot, RunControl control) {
}
