/**
 * Promises that every answer of the API speaks one JSON and one kind of problem, whatever the server below does. Owns no
 * table. Only {@code *Resource}, {@code *Filter} and {@code *Servlet} classes import it, and
 * {@code server} for its settings.
 */
package org.wallwhale.rest;
