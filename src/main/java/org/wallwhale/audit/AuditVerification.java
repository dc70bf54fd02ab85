package org.wallwhale.audit;

import java.util.Optional;

/**
 * What a reading of the whole chain found.
 *
 * @param links how many entries were read and recomputed
 * @param waiting how many entries were written too recently to be linked
 * @param fault the first thing that is wrong, as a sentence; null when the record is as it was written
 */
public record AuditVerification(boolean intact, long links, long waiting, String fault) {
    static AuditVerification of(long links, long waiting, Optional<String> fault) {
        return new AuditVerification(fault.isEmpty(), links, waiting, fault.orElse(null));
    }
}
