/**
 * Promises that content is fetched by a guarded child process, or from a listed web server, and judged by what lies on the disk,
 * never by what the program claims. Owns no table and knows neither users nor the database. {@code worker} and rooms above it use
 * it; {@code steam} shares its {@code Login} and {@code Reason}.
 */
package org.wallwhale.engine;
