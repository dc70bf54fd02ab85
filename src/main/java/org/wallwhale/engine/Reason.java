package org.wallwhale.engine;

import java.util.Locale;

/** Why content could not be fetched, or not be delivered. The lower-case name is the {@code code} of a download's error. */
public enum Reason {
    STEAM_UNREACHABLE(Retry.BACKOFF,
            "Check that this server reaches Steam (TCP 443 and 27015-27050); it is tried again by itself."),
    STEAM_TIMEOUT(Retry.BACKOFF, "Steam was slow; it is tried again by itself."),
    STEAM_REFUSED(Retry.BACKOFF, "Steam refused this step; it is tried again by itself."),
    WRONG_PASSWORD(Retry.NEVER,
            "Correct the password of this Steam account (the login name, not the nickname; at most 64 ASCII characters)."),
    RATE_LIMITED(Retry.LONG_WAIT, "Steam allows no more logins for now; wait at least an hour before the next one."),
    ADDRESS_BANNED(Retry.LONG_WAIT, "Steam refuses all logins from this server's address; wait at least an hour, or go out by another one."),
    SESSION_EXPIRED(Retry.AFTER_HELP, "Log this Steam account in again: its saved session is no longer valid."),
    GUARD_CODE_NEEDED(Retry.AFTER_HELP,
            "Have the Steam Guard code at hand, start the download again and enter the code when asked."),
    GUARD_CODE_WRONG(Retry.AFTER_HELP, "The Steam Guard code was wrong twice; start again with a fresh code."),
    MOBILE_APPROVAL_MISSING(Retry.AFTER_HELP, "Approve the sign-in in the Steam mobile app when the download asks for it."),
    LOGIN_REFUSED(Retry.AFTER_HELP, "Look at this account in the Steam client: it may be locked, disabled or restricted."),
    ITEM_NOT_FOUND(Retry.OTHER_WAY,
            "Check the id; the item may be private, hidden or deleted. A friends-only item needs an account that may see it."),
    ITEM_BANNED(Retry.NEVER, "Steam took this item down; nobody can download it."),
    ITEM_DENIED(Retry.OTHER_WAY, "Use a Steam account that may see this item."),
    NOT_OWNED(Retry.OTHER_WAY, "Use a Steam account that owns the app this item belongs to."),
    KEY_REFUSED(Retry.OTHER_WAY, "Use a Steam account that owns the app this item belongs to, or retry later."),
    NO_ACCOUNT(Retry.AFTER_HELP, "Have the administrator add an active Steam account that may fetch it, or name another one; then retry."),
    DETAILS_UNKNOWN(Retry.BACKOFF, "Steam did not say what this id is, which collections and old items that are one web file need;"
            + " it is tried again by itself."),
    COLLECTION(Retry.NEVER, "Submit it by itself; if it is not public, have its author make it so: only public details tell what a"
            + " collection holds, and where an old item lies."),
    UNSUPPORTED_KIND(Retry.NEVER, "Steam has no downloadable files for this kind of item."),
    VERSION_UNAVAILABLE(Retry.OTHER_WAY, "Steam gives this version to nobody anonymous; use a Steam account that owns the app."),
    WEB_SERVER_NOT_ALLOWED(Retry.NEVER,
            "If the server is one of Steam's, have the administrator add it to WALLWHALE_ENGINE_WEB_FILE_HOSTS."),
    CONTENT_SERVER_REFUSED(Retry.BACKOFF, "Steam's content servers refused; it is tried again by itself."),
    STALLED(Retry.BACKOFF, "Nothing arrived for too long; it is tried again by itself and goes on where it stopped."),
    TIMED_OUT(Retry.NEVER, "Raise the maximum runtime, or start again: it goes on where it stopped."),
    DISK_FULL(Retry.BACKOFF, "Free space below the data folder; it is tried again by itself."),
    NOT_WRITABLE(Retry.AFTER_HELP, "Give the server's user the right to write below the data folder."),
    EXPORT_NOT_WRITABLE(Retry.AFTER_HELP,
            "Have the administrator give the server's user the right to write below the export root, or choose another saveRoot."),
    EXPORT_FAILED(Retry.BACKOFF, "Free space on the disk of the export root; it is tried again by itself."),
    EMPTY_RESULT(Retry.BACKOFF, "The tool claimed success but delivered no file; it is tried again by itself."),
    INCOMPLETE_CONTENT(Retry.BACKOFF, "Files are shorter than announced or were never filled; it is tried again by itself."),
    UNPROVEN(Retry.BACKOFF, "The tool ended without saying that the content is complete; it is tried again by itself."),
    UNSAFE_CONTENT(Retry.NEVER, "The item holds names or links that point outside of its folder; it is not kept."),
    TOOL_CRASHED(Retry.BACKOFF,
            "The tool crashed; it is tried again by itself. If this goes on, check its version (3.4.0 or newer)."),
    TOOL_FAILED(Retry.BACKOFF, "See the log for what the tool said; it is tried again by itself."),
    TOOL_MISSING(Retry.AFTER_HELP, "Have the administrator run `wallwhale engine install` on this server, or set WALLWHALE_ENGINE_DEPOTDOWNLOADER_PATH"
            + " to an executable DepotDownloader 3.4.0 or newer; then start it anew."),
    KILLED(Retry.BACKOFF, "The tool was killed from outside, perhaps for lack of memory; it is tried again by itself."),
    STOPPED(Retry.NEVER, "Start it again if it is still wanted.");

    private final Retry retry;
    private final String advice;

    Reason(Retry retry, String advice) {
        this.retry = retry;
        this.advice = advice;
    }

    /** The wire's code, such as {@code item_not_found}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    public Retry retry() {
        return retry;
    }

    /** What a person can do, as a sentence. */
    public String advice() {
        return advice;
    }
}
