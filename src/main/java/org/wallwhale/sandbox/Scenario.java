package org.wallwhale.sandbox;

/** What can happen to a download. The number is the last two digits of the published file id that choose it. */
enum Scenario {
    OK_SMALL(0, 4, 2500), OK_LARGE(1, 8, 3500), OK_SINGLE(2, 24, 6000), OK_SLOW(3, 4, 20_000), OK_WEB(4), UPTODATE(5),
    RESUME(6), UPDATED(7), NOISY_DEBUG(8),
    GUARD_TOTP(10), GUARD_MAIL(11), GUARD_MOBILE(12), WRONG_PASSWORD(13), RATE_LIMITED(14), TOKEN_EXPIRED(15), NO_STEAM(16),
    RECONNECTS(17), QR(18),
    NOT_OWNED(20), DEPOT_DENIED(21), NO_KEY(22), ITEM_MISSING(23), ITEM_DENIED(24), COLLECTION_340(25), NO_MANIFEST_CODE(26),
    MANIFEST_404(27), STEAM_TIMEOUT(28),
    CDN_FLAKY(30), CDN_401(31), CDN_LOOP(32), CDN_TOKEN_STALL(33), STALL_LOGIN(34), STALL_MID(35), STALL_WEB(36),
    FLOOD(40), LONG_LINE(41), BAD_UTF8(42), SPOOF(43), TRAVERSAL(44),
    CRASH_MID(50), CRASH_START(51), SEGV(52), IGNORE_TERM(53), CHILDREN(54), ORPHAN_PIPE(55), DISK_FULL(56), ALLOC_FAIL(57),
    NOT_WRITABLE_WEB(58), ZERO_NOTHING(59), SHORT_FILE(60), EXIT_BEFORE_EOF(61), OLD_VERSION(62), NOT_WRITABLE_DEPOT(63);

    private final int number;

    /** Size of the item unless the script says otherwise, and how long fetching all of it takes. */
    final int bytes;
    final int milliseconds;

    Scenario(int number) {
        this(number, 2, 1000);
    }

    Scenario(int number, int mebibytes, int milliseconds) {
        this.number = number;
        this.bytes = mebibytes << 20;
        this.milliseconds = milliseconds;
    }

    /** The scenario of the last two digits; any other number is a small item that simply works. */
    static Scenario ofItem(long pubfile) {
        Scenario scenario = pubfile == Options.NO_ID ? null : numbered((int) Long.remainderUnsigned(pubfile, 100));
        return scenario == null ? OK_SMALL : scenario;
    }

    /** The scenario called so, by number ({@code 07}) or by name ({@code ok-small}); null if there is none. */
    static Scenario called(String name) {
        if (name.length() == 2 && Character.isDigit(name.charAt(0)) && Character.isDigit(name.charAt(1))) {
            return numbered(Integer.parseInt(name));
        }
        for (Scenario scenario : values()) {
            if (scenario.name().replace('_', '-').equalsIgnoreCase(name)) {
                return scenario;
            }
        }
        return null;
    }

    /** Whether this is about the account, so that the login is never an anonymous one. */
    boolean needsAccount() {
        return number >= GUARD_TOTP.number && number <= TOKEN_EXPIRED.number;
    }

    private static Scenario numbered(int number) {
        for (Scenario scenario : values()) {
            if (scenario.number == number) {
                return scenario;
            }
        }
        return null;
    }
}
