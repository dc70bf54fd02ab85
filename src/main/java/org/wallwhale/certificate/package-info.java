/**
 * Promises TLS certificates that a server can show: self-signed ones, those of a certificate authority that speaks ACME (RFC 8555),
 * which it renews in time, and a true word on what is wrong with one. Owns no table; what it keeps lies in the data folder. The
 * {@code cli}, {@code health} and {@code server} import it.
 */
package org.wallwhale.certificate;
