/**
 * Promises typed settings whose faults are all reported at once, each as a sentence that names the setting. Owns no table.
 * Every room's {@code XxxConfig} may import it; it imports MicroProfile Config and, for settings that are secrets, {@code secret}.
 */
package org.wallwhale.config;
