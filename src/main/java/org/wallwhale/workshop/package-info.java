/**
 * Promises ids of Workshop items, the addresses that carry them, and what Steam publicly says about an item. Owns no table.
 * {@code download} and the rooms above it may import it; it imports {@code problem} and {@code config} alone.
 */
package org.wallwhale.workshop;
