package org.wallwhale.steam;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A Steam account with what was learned of it, without its secrets.
 *
 * @param alias what downloads call it
 * @param loginName the name that it logs in with at Steam
 * @param displayName null for none
 * @param ownerId who alone may use it; null for everybody
 * @param hasSharedSecret true when the server computes its Steam Guard codes
 * @param needsLogin the code of why a person has to do something first, such as {@code wrong_password}; null where nobody has
 * @param rateLimitedUntil when Steam's refusal of logins counts as over; null or past: it does
 * @param guard what Steam Guard asks for right now, else null
 * @param lastUsedAt null before the first login
 * @param loginsLastHour of this account, by whichever instance
 * @param budget how many it may have in an hour
 * @param nextLoginAt when budget and back-off allow the next one; null for now
 * @param appsWorking apps that it fetched an item of
 * @param appsRefused apps that Steam does not give to it; one that it fetched an item of is none
 * @param test the newest test login; null before the first
 * @param version for the ETag
 */
public record AccountView(UUID id, String alias, String loginName, String displayName, AccountStatus status, UUID ownerId,
        boolean hasSharedSecret, String needsLogin, Instant rateLimitedUntil, GuardPrompt guard, Instant lastUsedAt, int loginsLastHour,
        int budget, Instant nextLoginAt, List<Long> appsWorking, List<Long> appsRefused, Test test, Instant createdAt, Instant updatedAt,
        @JsonIgnore int version) {
    /**
     * A test login.
     *
     * @param result {@code running}, {@code success}, {@code interrupted}, or the code of what went wrong
     * @param detail a sentence; null while it runs
     */
    @Schema(name = "TestLogin")
    public record Test(Instant startedAt, String result, String detail) {
    }

    static AccountView of(Account account, GuardPrompt guard, int logins, int budget, List<SeatApp> apps, Instant now) {
        Optional<Test> test = Optional.ofNullable(account.testedAt())
                .map(at -> new Test(at, account.testResult(now), account.testDetail()));
        return new AccountView(account.id(), account.alias(), account.loginName(), account.displayName(), account.status(),
                account.ownerId(), account.sharedSecret() != null, account.needsLogin(), account.rateLimitedUntil(), guard,
                account.lastUsedAt(), logins, budget, account.opensAt(now).orElse(null),
                apps.stream().filter(SeatApp::works).map(SeatApp::appId).toList(),
                apps.stream().filter(app -> !app.works()).map(SeatApp::appId).toList(), test.orElse(null), account.createdAt(),
                account.updatedAt(), account.version());
    }
}
