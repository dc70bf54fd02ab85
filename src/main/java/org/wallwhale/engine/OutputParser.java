package org.wallwhale.engine;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the lines of one run (wording of DepotDownloader 2.3 to 3.4) and remembers what they say. All of it is a hint only:
 * names of files, which authors choose, may contain line breaks and imitate any line.
 */
final class OutputParser {
    /** What a line means for the progress of a run. */
    enum Sign {
        /** Login and everything before content. */
        LOGIN,
        /** A file is created or taken into account: more of its kind follow before bytes arrive. */
        PREPARING,
        /** An existing file is read, without a line and without a byte on the disk until it is through. */
        VALIDATING,
        /** Something of the item moved on. */
        CONTENT,
        /** Repeats without end while nothing moves on: no sign of life. */
        TROUBLE,
        /** The mobile app has to approve the sign-in. */
        MOBILE_APPROVAL,
        /** The Steam Guard code was wrong. */
        WRONG_CODE
    }

    private static final String NUMBER = "(\\d{1,18})";
    private static final Pattern PROGRESS = Pattern.compile("^\\s*(?:\\d{2,3}[.,]\\d{2}|NaN)% .+$");
    private static final Pattern MANIFEST = Pattern.compile("^Manifest (\\d{1,20}) \\(.+\\)$");
    private static final Pattern HAVE = Pattern.compile("^Already have manifest (\\d{1,20}) for depot \\d+\\.$");
    private static final Pattern TOTAL = Pattern.compile(
            "^Total downloaded: " + NUMBER + " bytes \\(" + NUMBER + " bytes uncompressed\\) from (\\d{1,9}) depots$");
    private static final Pattern WEB_FILE = Pattern.compile("^Downloading (?!depot \\d|depot manifest)(.+)$");
    private static final Pattern TROUBLE = Pattern.compile("^(?:Connection timeout downloading|Encountered (?:unexpected )?error"
            + " downloading|Got CDN auth token|Lost connection to Steam|Retrying Steam3 connection|\\[|\\d\\d:\\d\\d:\\d\\d\\.)");
    private static final Pattern DEBUG = Pattern.compile("^(?:\\[|\\d)");
    /** Of a reconnect, which may repeat without end. */
    private static final Pattern LOGGING_IN = Pattern.compile("^(?: ?Done!|Connecting to Steam3|Logging |Using Steam3 suggested|"
            + "Got \\d+ licenses|Got session token|Disconnected from Steam|\\s*$)");
    private static final Pattern FIRST_CONTENT = Pattern.compile("^(?:Got AppInfo|Got depot key|Processing depot|Downloading |"
            + "Pre-allocating |Validating |Already have manifest )");

    private static final Pattern LOGGED_IN = Pattern.compile("^(?:Using Steam3 suggested|Got \\d+ licenses)");

    /** A login that fails after names of files were printed, whatever it says: it is tried again, and nobody is blamed. */
    private static final Failure NOT_BACK = new Failure(Reason.STEAM_REFUSED,
            "The tool lost its connection to Steam and could not log in again.", Failure.Weight.CAUSE);

    private boolean connecting;
    private boolean loggedIn;
    private boolean content;
    private boolean files;
    private boolean reconnecting;
    private Optional<String> manifest = Optional.empty();
    private Optional<Failure> failure = Optional.empty();
    private boolean webFile;
    private boolean totalSeen;
    private long totalBytes;
    private int depots;
    private String lastTrouble = "";

    /** Takes in one line; {@code line} is clean and without its end. */
    Sign read(Source source, String line) {
        if (source == Source.OUT) {
            if (TROUBLE.matcher(line).find()) {
                reconnecting |= line.startsWith("Lost connection");
                lastTrouble = DEBUG.matcher(line).find() ? lastTrouble : line;
                return Sign.TROUBLE;
            }
            connecting |= line.startsWith("Connecting to Steam3");
            loggedIn |= LOGGED_IN.matcher(line).find();
            content |= FIRST_CONTENT.matcher(line).find();
        }
        believed(source, line).ifPresent(this::remember);
        return source == Source.OUT ? content(line) : guard(line);
    }

    /** Whether the login is over and names of files may have been printed. */
    boolean contentBegan() {
        return content;
    }

    /** Whether the tool talks to Steam: it asks for no password any more. */
    boolean connecting() {
        return connecting;
    }

    /** Whether no question of Steam Guard is open any more. */
    boolean loggedIn() {
        return loggedIn || content;
    }

    /** The version that is being fetched. */
    Optional<String> manifest() {
        return manifest;
    }

    Optional<Failure> failure() {
        return failure;
    }

    /** Whether a line announced a single file from the web. */
    boolean webFile() {
        return webFile;
    }

    boolean totalSeen() {
        return totalSeen;
    }

    /** Uncompressed bytes fetched in this run, from the last total line; a resumed run fetches only what was missing. */
    long totalBytes() {
        return totalBytes;
    }

    /** Number of depots that were completed, from the last total line. */
    int depots() {
        return depots;
    }

    /** The last line of the kind that repeats while nothing moves on, or empty. */
    String lastTrouble() {
        return lastTrouble;
    }

    /**
     * The tool itself denies an item, and what it says of its login tells of an account or of this server's address, before it prints
     * the first name of a file. After that an author would be believed, on {@link Source#ERR} too: a crash prints the name it was by.
     */
    private Optional<Failure> believed(Source source, String line) {
        boolean named = files || webFile;
        return FailureTexts.find(source, !content || reconnecting && !named, line)
                .or(() -> reconnecting ? FailureTexts.find(source, true, line).map(login -> NOT_BACK) : Optional.empty())
                .filter(found -> !named || found.weight() != Failure.Weight.FATAL);
    }

    private Sign content(String line) {
        Sign file = file(line);
        if (file != null) {
            files = true;
            return file;
        }
        if (!content) {
            return reconnecting && LOGGING_IN.matcher(line).find() ? Sign.TROUBLE : Sign.LOGIN;
        }
        if (!files) {
            readManifest(line);
        }
        readTotal(line);
        webFile |= WEB_FILE.matcher(line).matches();
        return LOGGING_IN.matcher(line).find() ? Sign.TROUBLE : Sign.CONTENT;
    }

    private static Sign file(String line) {
        if (line.startsWith("Pre-allocating ")) {
            return Sign.PREPARING;
        }
        if (line.startsWith("Validating ")) {
            return Sign.VALIDATING;
        }
        return PROGRESS.matcher(line).matches() ? Sign.CONTENT : null;
    }

    /** Only before the first name of a file: an author could print another version. */
    private void readManifest(String line) {
        for (Pattern pattern : new Pattern[] {MANIFEST, HAVE}) {
            Matcher matcher = pattern.matcher(line);
            if (matcher.matches()) {
                manifest = Optional.of(matcher.group(1));
            }
        }
    }

    private void readTotal(String line) {
        Matcher matcher = TOTAL.matcher(line);
        if (matcher.matches()) {
            totalSeen = true;
            totalBytes = Long.parseLong(matcher.group(2));
            depots = Integer.parseInt(matcher.group(3));
        }
    }

    private static Sign guard(String line) {
        if (line.contains("STEAM GUARD! Use the Steam Mobile App to confirm")) {
            return Sign.MOBILE_APPROVAL;
        }
        return line.contains("auth code you have provided is incorrect") ? Sign.WRONG_CODE : Sign.LOGIN;
    }

    /** The first cause counts, and more than any echo of it. */
    private void remember(Failure next) {
        if (failure.isEmpty() || next.weight().compareTo(failure.get().weight()) < 0) {
            failure = Optional.of(next);
        }
    }
}
