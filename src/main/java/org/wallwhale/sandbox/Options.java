package org.wallwhale.sandbox;

/**
 * What the command line asks for; absent texts are null, ids are unsigned.
 *
 * @param app consumer app id
 * @param pubfile published file id, or {@link #NO_ID}
 * @param ugc handle that serves as manifest id, or {@link #NO_ID}
 * @param cell content region; 0 and less take Steam's suggestion
 */
record Options(long app, long pubfile, long ugc, String user, String password, boolean remember, boolean qr, boolean noMobile,
        String directory, boolean validate, String fileList, boolean manifestOnly, long maxDownloads, long cell, boolean debug) {
    static final long NO_ID = -1L;
    private static final long NO_APP = 0xFFFF_FFFFL;

    /** Reads everything before anything else happens, so a bad number ends the run before the login. */
    static Options read(Arguments arguments, Console console) {
        Options options = new Options(
                arguments.number(NumberType.UINT32, NO_APP, "-app"),
                arguments.number(NumberType.UINT64, NO_ID, "-pubfile"),
                arguments.number(NumberType.UINT64, NO_ID, "-ugc"),
                arguments.text("-username", "-user"),
                arguments.text("-password", "-pass"),
                arguments.flag("-remember-password"),
                arguments.flag("-qr"),
                arguments.flag("-no-mobile"),
                arguments.text("-dir"),
                arguments.flag("-validate", "-verify-all", "-verify_all"),
                arguments.text("-filelist"),
                arguments.flag("-manifest-only"),
                arguments.number(NumberType.INT32, 8, "-max-downloads"),
                arguments.number(NumberType.INT32, 0, "-cellid"),
                arguments.flag("-debug"));
        arguments.number(NumberType.UINT32, 0, "-loginid");
        arguments.flag("-use-lancache");
        options.check(console);
        arguments.warnOfUnused(console);
        return options;
    }

    /** The number that chooses the content: the published file, else the handle, else nothing. */
    long item() {
        return pubfile != NO_ID ? pubfile : ugc;
    }

    private void check(Console console) {
        if (app == NO_APP) {
            throw refused(console, "Error: -app not specified!");
        }
        if (remember && user == null && !qr) {
            throw refused(console, "Error: -remember-password can not be used without -username or -qr.");
        }
        if (qr && user != null) {
            throw refused(console, "Error: -qr can not be used with -username.");
        }
    }

    private static Exit refused(Console console, String sentence) {
        console.line(sentence);
        return new Exit(1);
    }
}
