/**
 * Promises commands that people and scripts like, as clients of the public HTTP API and of nothing else. Owns no table. No room
 * imports it.
 */
package org.wallwhale.cli;
