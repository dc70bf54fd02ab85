package org.wallwhale.engine;

import static org.wallwhale.engine.Failure.Weight.CAUSE;
import static org.wallwhale.engine.Failure.Weight.ECHO;
import static org.wallwhale.engine.Failure.Weight.FATAL;
import static org.wallwhale.engine.Reason.ADDRESS_BANNED;
import static org.wallwhale.engine.Reason.CONTENT_SERVER_REFUSED;
import static org.wallwhale.engine.Reason.DISK_FULL;
import static org.wallwhale.engine.Reason.GUARD_CODE_NEEDED;
import static org.wallwhale.engine.Reason.GUARD_CODE_WRONG;
import static org.wallwhale.engine.Reason.ITEM_DENIED;
import static org.wallwhale.engine.Reason.ITEM_NOT_FOUND;
import static org.wallwhale.engine.Reason.KEY_REFUSED;
import static org.wallwhale.engine.Reason.LOGIN_REFUSED;
import static org.wallwhale.engine.Reason.MOBILE_APPROVAL_MISSING;
import static org.wallwhale.engine.Reason.NOT_OWNED;
import static org.wallwhale.engine.Reason.NOT_WRITABLE;
import static org.wallwhale.engine.Reason.RATE_LIMITED;
import static org.wallwhale.engine.Reason.SESSION_EXPIRED;
import static org.wallwhale.engine.Reason.STEAM_REFUSED;
import static org.wallwhale.engine.Reason.STEAM_TIMEOUT;
import static org.wallwhale.engine.Reason.STEAM_UNREACHABLE;
import static org.wallwhale.engine.Reason.TOOL_CRASHED;
import static org.wallwhale.engine.Reason.TOOL_FAILED;
import static org.wallwhale.engine.Reason.UNSUPPORTED_KIND;
import static org.wallwhale.engine.Reason.VERSION_UNAVAILABLE;
import static org.wallwhale.engine.Reason.WRONG_PASSWORD;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The texts with which DepotDownloader 2.3 to 3.4 reports failures, and what each means. */
final class FailureTexts {
    /** Where a text is believed; {@code ERR} at the login only, too. File names, which authors choose, cannot appear there. */
    private enum Where {
        LOGIN,
        ERR,
        ANYWHERE
    }

    private record Text(Where where, Pattern pattern, Function<Matcher, Failure> meaning) {
    }

    private static final String CRASH = "^(?:Download failed to due to an unhandled exception|Unhandled exception\\. \\S+): .*";

    private static final List<Text> TEXTS = List.of(
            text(Where.ERR, "Failed to authenticate with Steam: .*with result (\\w+)\\.$",
                    m -> authentication(m.group(), m.group(1))),
            text(Where.ERR, "Failed to authenticate with Steam: No code was provided", GUARD_CODE_NEEDED, CAUSE,
                    "Steam asked for a Steam Guard code and got none."),
            text(Where.ERR, "Failed to authenticate with Steam: AcceptDeviceConfirmation", MOBILE_APPROVAL_MISSING, CAUSE,
                    "Steam accepts nothing but an approval in the mobile app for this account."),
            text(Where.ERR, "Failed to authenticate with Steam: ", LOGIN_REFUSED, ECHO, "Steam refused the login."),
            text(Where.ERR, "LogOn requires a username and password", SESSION_EXPIRED, CAUSE,
                    "The tool had no password for this Steam account."),
            text(Where.LOGIN, "Unable to login to Steam3: (\\w+)", m -> login(m.group(1))),
            text(Where.LOGIN, "^Access token was rejected \\((\\w+)\\)", m -> new Failure(SESSION_EXPIRED,
                    "Steam no longer accepts this account's saved session (" + m.group(1) + ").", CAUSE)),
            text(Where.LOGIN, "^Unable to get license list: (\\w+)", m -> new Failure(STEAM_REFUSED,
                    "Steam did not list this account's licenses (" + m.group(1) + ").", CAUSE)),
            text(Where.LOGIN, "Could not connect to Steam after|Timeout connecting to Steam3", STEAM_UNREACHABLE, CAUSE,
                    "Steam could not be reached."),
            text(Where.LOGIN, "^Unable to get steam3 credentials|^Error: InitializeSteam failed", STEAM_REFUSED, ECHO,
                    "The login to Steam failed."),
            text(Where.ANYWHERE, "^Unable to locate manifest ID for published file (\\d+)", m -> new Failure(ITEM_NOT_FOUND,
                    "Steam shows no item " + m.group(1) + " to this login.", FATAL)),
            text(Where.ANYWHERE, "^Published file (\\d+) has unsupported file type (\\w+)", m -> new Failure(UNSUPPORTED_KIND,
                    "Item " + m.group(1) + " is of the kind " + m.group(2) + ".", FATAL)),
            text(Where.ANYWHERE, "^(App|Depot) (\\d+)(?: \\(.*\\))? is not available from this account\\.$",
                    m -> new Failure(NOT_OWNED, m.group(1) + " " + m.group(2) + " is not available to this login.", FATAL)),
            text(Where.ANYWHERE, "^No valid depot key for (\\d+)", m -> new Failure(KEY_REFUSED,
                    "Steam gives no key for depot " + m.group(1) + " to this login.", FATAL)),
            text(Where.ANYWHERE, "Unable to create install directories", NOT_WRITABLE, FATAL,
                    "The folder of this download could not be created."),
            text(Where.ANYWHERE, "Unable to load filelist", TOOL_FAILED, FATAL, "The tool could not read its file list."),
            text(Where.ANYWHERE, "^Encountered (\\d{3}) for depot manifest (\\d+)", m -> manifest(m.group(1))),
            text(Where.ANYWHERE, "^Encountered (\\d{3}) for chunk", m -> new Failure(CONTENT_SERVER_REFUSED,
                    "Steam's content servers answered " + m.group(1) + ".", CAUSE)),
            text(Where.ANYWHERE, "^Failed to (?:allocate|resize) file", DISK_FULL, CAUSE,
                    "The disk has no room for the files of this item."),
            text(Where.ANYWHERE, "^Error: -app not specified!", TOOL_FAILED, CAUSE, "The tool missed an argument."),
            text(Where.ANYWHERE, CRASH + "EResult (\\d{1,4}) \\((\\w+)\\) while retrieving",
                    m -> details(Integer.parseInt(m.group(1)), m.group(2))),
            text(Where.ANYWHERE, CRASH + "(?:No space left on device|Disk quota exceeded|File too large)", DISK_FULL, CAUSE,
                    "The disk was full while the item was written."),
            text(Where.ANYWHERE, CRASH + "Access to the path .* is denied", NOT_WRITABLE, CAUSE,
                    "The tool may not write to its folder."),
            text(Where.ANYWHERE, CRASH + "Failed to retrieve any download servers", CONTENT_SERVER_REFUSED, CAUSE,
                    "Steam named no content server."),
            text(Where.ANYWHERE, CRASH + "Response status code does not indicate success: (\\d{3})",
                    m -> new Failure(CONTENT_SERVER_REFUSED, "The item's web server answered " + m.group(1) + ".", CAUSE)),
            text(Where.ANYWHERE, CRASH + "AsyncJobFailedException", STEAM_REFUSED, CAUSE, "Steam refused a request."),
            text(Where.ANYWHERE, CRASH + "Too many open files", TOOL_CRASHED, CAUSE,
                    "The system allows too few open files for this tool."),
            text(Where.ANYWHERE, CRASH, TOOL_CRASHED, ECHO, "The tool crashed."),
            text(Where.ANYWHERE, "^(?:A task|The operation) was canceled\\.$|^App \\d+ was not completely downloaded\\.$",
                    STEAM_TIMEOUT, ECHO, "The tool gave up before the item was complete."));

    /** Steam's result names that mean more than "refused". */
    private static final Map<String, Reason> RESULTS = Map.ofEntries(
            Map.entry("InvalidPassword", WRONG_PASSWORD),
            Map.entry("RateLimitExceeded", RATE_LIMITED),
            Map.entry("AccountLoginDeniedThrottle", RATE_LIMITED),
            Map.entry("IPBanned", ADDRESS_BANNED),
            Map.entry("ServiceUnavailable", STEAM_REFUSED),
            Map.entry("TryAnotherCM", STEAM_REFUSED),
            Map.entry("NoConnection", STEAM_UNREACHABLE),
            Map.entry("Timeout", STEAM_TIMEOUT),
            Map.entry("Expired", SESSION_EXPIRED),
            Map.entry("AccountLogonDenied", GUARD_CODE_NEEDED),
            Map.entry("AccountLoginDeniedNeedTwoFactor", GUARD_CODE_NEEDED),
            Map.entry("InvalidLoginAuthCode", GUARD_CODE_WRONG),
            Map.entry("TwoFactorCodeMismatch", GUARD_CODE_WRONG));

    private FailureTexts() {
    }

    /** What {@code line} says; {@code atLogin} while no name of a file can have been printed. */
    static Optional<Failure> find(Source source, boolean atLogin, String line) {
        return TEXTS.stream()
                .filter(text -> switch (text.where) {
                    case LOGIN -> atLogin;
                    case ERR -> atLogin && source == Source.ERR;
                    case ANYWHERE -> true;
                })
                .map(text -> {
                    Matcher matcher = text.pattern.matcher(line);
                    return matcher.find() ? text.meaning.apply(matcher) : null;
                })
                .filter(Objects::nonNull)
                .findFirst();
    }

    private static Failure authentication(String text, String result) {
        if (text.contains("Failed to poll status")) {
            return new Failure(MOBILE_APPROVAL_MISSING, "The sign-in was not approved in the mobile app.", CAUSE);
        }
        if (text.contains("Failed to send steam guard code")) {
            return new Failure(GUARD_CODE_WRONG, "Steam did not take the Steam Guard code (" + result + ").", CAUSE);
        }
        return login(result);
    }

    private static Failure login(String result) {
        return new Failure(RESULTS.getOrDefault(result, LOGIN_REFUSED), "Steam refused the login (" + result + ").", CAUSE);
    }

    private static Failure manifest(String status) {
        return status.equals("401") || status.equals("403")
                ? new Failure(VERSION_UNAVAILABLE, "Steam does not give this version of the item to this login.", FATAL)
                : new Failure(CONTENT_SERVER_REFUSED, "Steam's content servers answered " + status + " for the item.", CAUSE);
    }

    /** Numbers of SteamKit's EResult. */
    private static Failure details(int number, String name) {
        Reason reason = switch (number) {
            case 9, 86 -> ITEM_NOT_FOUND;
            case 15 -> ITEM_DENIED;
            case 16 -> STEAM_TIMEOUT;
            case 84 -> RATE_LIMITED;
            default -> STEAM_REFUSED;
        };
        return new Failure(reason, "Steam refused the item's details (" + name + ").", FATAL);
    }

    private static Text text(Where where, String pattern, Reason reason, Failure.Weight weight, String detail) {
        Failure failure = new Failure(reason, detail, weight);
        return text(where, pattern, m -> failure);
    }

    private static Text text(Where where, String pattern, Function<Matcher, Failure> meaning) {
        return new Text(where, Pattern.compile(pattern), meaning);
    }
}
