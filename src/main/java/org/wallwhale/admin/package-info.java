/**
 * Promises administrators a look at everything that lies below, composed from what the other rooms offer. Owns no table. Only
 * {@code server} and {@code cli} lie above it.
 */
package org.wallwhale.admin;
