package org.wallwhale.steam;

import org.wallwhale.engine.Reason;

/** What the end of a run says of its login. */
enum Verdict {
    /** Steam let it in; whatever failed came later. */
    LET_IN,
    /** Nothing. */
    SILENT,
    /** A person has to do something before it is tried again. */
    NEEDS_HELP;

    static Verdict of(Reason reason) {
        return switch (reason) {
            case WRONG_PASSWORD, LOGIN_REFUSED, SESSION_EXPIRED, GUARD_CODE_NEEDED, GUARD_CODE_WRONG, MOBILE_APPROVAL_MISSING -> NEEDS_HELP;
            case ITEM_NOT_FOUND, ITEM_DENIED, NOT_OWNED, KEY_REFUSED, COLLECTION, DETAILS_UNKNOWN, UNSUPPORTED_KIND, VERSION_UNAVAILABLE,
                    EMPTY_RESULT -> LET_IN;
            default -> SILENT;
        };
    }
}
