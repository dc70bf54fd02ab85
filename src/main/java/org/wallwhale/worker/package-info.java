/**
 * Promises that claimed downloads are run, judged and settled by exactly one worker, and that whatever a stopped or killed
 * server left behind is taken up again. Owns no table. Only rooms above it import it.
 */
package org.wallwhale.worker;
