package org.wallwhale.audit;

import java.time.Instant;
import java.util.Optional;

/**
 * What a reading of the whole chain found.
 *
 * @param links how many entries were read and found as they were written: from the first on, up to the fault if there is one
 * @param waiting how many entries were written too recently to be linked
 * @param fault the first thing that is wrong, as a sentence; null when the record is as it was written
 * @param brokenAt the position of the entry that is wrong or missing; null when there is none
 * @param from when the first of these links was written; null when there is none
 * @param until when the last of them was written; null when there is none
 * @param dropped how many older entries are gone because their time was over
 * @param lastPosition of the last good link
 * @param lastHash of the last good link: whoever keeps it elsewhere can tell later whether the record up to there is the same
 */
public record AuditVerification(boolean intact, long links, long waiting, String fault, Long brokenAt, Instant from, Instant until,
        long dropped, long lastPosition, String lastHash) {
    static AuditVerification of(ChainCheck check, long waiting, Optional<String> fault) {
        return new AuditVerification(fault.isEmpty(), check.links(), waiting, fault.orElse(null), check.brokenAt(), check.from(),
                check.until(), check.start(), check.position(), check.hash());
    }
}
