package org.wallwhale.database;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A transaction that only reads, or that makes more room than it takes: it goes on while the disk of an H2 is nearly full, or nobody could
 * ever make room there.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface NeedsNoRoom {
}
