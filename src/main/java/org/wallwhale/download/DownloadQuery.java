package org.wallwhale.download;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.wallwhale.problem.Parameter;
import org.wallwhale.problem.Problem;

/**
 * A checked filter for a list of downloads. {@link #of} refuses with INVALID, naming the parameter.
 *
 * @param text looked for in the item's id and title, without regard to case
 * @param newestFirst by time of creation
 * @param whose the caller's own, unless it says otherwise
 */
record DownloadQuery(int limit, int offset, Optional<Cursor> after, List<Status> statuses, Optional<String> pubfileId,
        Optional<String> text, boolean newestFirst, boolean needsInput, Whose whose) {
    static final int MAX_LIMIT = 200;

    /** Which downloads are looked at. */
    sealed interface Whose {
        /** The caller's, without the parts of collections. */
        record Own() implements Whose {
        }

        /** Likewise everybody's, or another user's. */
        record Everybodys(Optional<UUID> userId) implements Whose {
        }

        /** The parts of a collection, which are in no other list. */
        record PartsOf(UUID collectionId) implements Whose {
        }
    }

    /** The last row of the page before. */
    record Cursor(Instant createdAt, UUID id) {
        String text() {
            return Base64.getUrlEncoder().withoutPadding().encodeToString((createdAt + "|" + id).getBytes(StandardCharsets.US_ASCII));
        }

        static Cursor parse(String text) {
            try {
                String[] parts = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.US_ASCII).split("\\|", 2);
                // A year of more than four digits begins with a sign; no database takes it.
                return new Cursor(Instant.parse(parts[0].matches("[+-].*") ? "" : parts[0]), UUID.fromString(parts[1]));
            } catch (IllegalArgumentException | DateTimeParseException | ArrayIndexOutOfBoundsException e) {
                throw Problem.INVALID.because("The query parameter \"after\" is no cursor of this list.");
            }
        }
    }

    static DownloadQuery of(String limit, String offset, String after, String status, String pubfileId, String text, String sort) {
        return new DownloadQuery(Parameter.number("limit", limit, 50, 1, MAX_LIMIT), Parameter.number("offset", offset, 0, 0, 1_000_000),
                Optional.ofNullable(after).map(Cursor::parse), statuses(status), Optional.ofNullable(pubfileId),
                Optional.ofNullable(text).map(String::strip).filter(q -> !q.isEmpty()), newestFirst(sort),
                false, new Whose.Own());
    }

    /** Only those that ask something, for the text {@code true}. */
    DownloadQuery asking(String needsInput) {
        if (needsInput != null && !needsInput.equals("true")) {
            throw Problem.INVALID.because("The query parameter \"needsInput\" takes true.");
        }
        // said by name, so that the database looks among the running ones alone
        List<Status> asking = needsInput != null && statuses.isEmpty() ? List.of(Status.RUNNING) : statuses;
        return new DownloadQuery(limit, offset, after, asking, pubfileId, text, newestFirst, needsInput != null, whose);
    }

    DownloadQuery partsOf(UUID collectionId) {
        return of(new Whose.PartsOf(collectionId));
    }

    /** Everybody's, or one user's unless {@code userId} is null. */
    DownloadQuery everybodys(String userId) {
        try {
            return of(new Whose.Everybodys(Optional.ofNullable(userId).map(UUID::fromString)));
        } catch (IllegalArgumentException e) {
            throw Problem.INVALID.because("The query parameter \"userId\" must be a user's id.");
        }
    }

    private DownloadQuery of(Whose others) {
        return new DownloadQuery(limit, offset, after, statuses, pubfileId, text, newestFirst, needsInput, others);
    }

    private static List<Status> statuses(String text) {
        List<Status> statuses = new ArrayList<>();
        for (String word : text == null ? new String[0] : text.split(",", -1)) {
            try {
                statuses.add(Status.valueOf(word.toUpperCase(Locale.ROOT)));
            } catch (IllegalArgumentException e) {
                throw Problem.INVALID.because("The query parameter \"status\" takes queued, running, success, failed and canceled, "
                        + "separated by commas.");
            }
        }
        return statuses;
    }

    private static boolean newestFirst(String sort) {
        return switch (sort == null ? "-createdAt" : sort) {
            case "-createdAt" -> true;
            case "createdAt" -> false;
            default -> throw Problem.INVALID.because("The query parameter \"sort\" takes createdAt and -createdAt.");
        };
    }
}
