package org.wallwhale.share;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Instant;
import org.wallwhale.problem.Problem;
import org.wallwhale.secret.Secret;

/**
 * What a share link allows. Whatever is left out is without limit, but for the end.
 *
 * @param expiresAt when it ends; left out, after the configured time
 * @param password 8 to 128 characters that its visitors have to know; goes in and never comes out
 * @param maxDownloads how often as many bytes may be sent as the whole zip has
 * @param bytesPerSecond for all its readers together, on each instance
 */
public record ShareTerms(Instant expiresAt, Secret password,
        @Min(value = 1, message = "maxDownloads must be at least 1") @Max(value = 1_000_000, message = "maxDownloads must be at most 1000000")
        Integer maxDownloads,
        @Min(value = 16_384, message = "bytesPerSecond must be at least 16384") @Max(value = 1_000_000_000_000L,
                message = "bytesPerSecond must be at most 1000000000000") Long bytesPerSecond) {
    private static final int FEWEST = 8;
    private static final int MOST = 128;

    /** UNPROCESSABLE for a password that no link may have. */
    public static void demandPassword(Secret password) {
        int characters = password.reveal().codePointCount(0, password.reveal().length());
        if (characters < FEWEST || characters > MOST) {
            throw Problem.UNPROCESSABLE.at("/password", "The password must have from " + FEWEST + " to " + MOST + " characters.");
        }
    }

    static ShareTerms of(Share share) {
        return new ShareTerms(share.expiresAt(), null, share.maxDownloads(), share.bytesPerSecond());
    }

    /** For what is put on record, where no password belongs. */
    ShareTerms withoutPassword() {
        return new ShareTerms(expiresAt, null, maxDownloads, bytesPerSecond);
    }
}
