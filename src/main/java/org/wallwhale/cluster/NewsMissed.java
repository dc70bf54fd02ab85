package org.wallwhale.cluster;

/** Other instances may have told things that were not heard here: everything may have changed. As with {@link Notified}, do not wait. */
public record NewsMissed() {
}
