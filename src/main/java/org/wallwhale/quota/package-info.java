/**
 * Promises that nobody gets more than their share, exactly and over all instances, and tells everybody what is left. Owns the
 * tables {@code usage_counters} and {@code key_usage}. {@code download} asks it before it accepts; its filter stands before every
 * resource.
 */
package org.wallwhale.quota;
