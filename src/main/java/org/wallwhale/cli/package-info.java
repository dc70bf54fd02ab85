/**
 * Promises commands that people and scripts like, as clients of the public HTTP API. Only what comes before a server
 * answers is looked up here: its settings, its database, its log and the first password. Owns no table. No room imports it.
 */
package org.wallwhale.cli;
