/**
 * Promises that content is fetched by a guarded child process, or from a listed web server, and judged by what lies on the disk,
 * never by what the program claims. Owns no table and knows neither users nor the database. Only {@code worker} and rooms above it may import it.
 */
package org.wallwhale.engine;
