/**
 * Promises commands that people and scripts like: clients of the public HTTP API, or offline ones that use the engine, the settings and the
 * database by themselves and no service of a server. What they print goes through {@code Terminal}, what fails is a {@code CommandFailure}.
 * Owns no table. No room imports it.
 */
package org.wallwhale.cli;
