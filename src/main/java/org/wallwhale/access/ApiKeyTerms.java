package org.wallwhale.access;

import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * What a key may do, as its administrator says it: the body of a new key, and of a changed one.
 *
 * @param kind {@code live} if null; a {@code test} key reaches the sandbox only. It never changes
 * @param userId the owner; the maker if null. It never changes
 * @param ipAllow addresses and networks (CIDR) that the key may be used from; null or empty means any
 * @param isActive true if null
 * @param meta whatever the administrator wants to remember, up to 4,000 characters of JSON
 */
public record ApiKeyTerms(
        @NotBlank(message = "name is missing") @Size(max = 100, message = "name is longer than 100 characters") String name,
        @NotEmpty(message = "scopes is missing or empty") List<@NotNull(message = "a scope is null") @Pattern(regexp = Scope.KNOWN,
                message = "the scope must be download:read, download:write, download:export, download:*, admin:read, admin:write or "
                        + "admin:*") String> scopes,
        @Pattern(regexp = "live|test", message = "kind must be live or test") String kind,
        UUID userId,
        @Min(value = 1, message = "rateLimit must be at least 1") Integer rateLimit,
        @Min(value = 1, message = "quotaDaily must be at least 1") Integer quotaDaily,
        @Min(value = 1, message = "quotaMonthly must be at least 1") Integer quotaMonthly,
        @Min(value = 0, message = "downloadsDaily must be at least 0") Integer downloadsDaily,
        @Min(value = 0, message = "downloadsMonthly must be at least 0") Integer downloadsMonthly,
        @Min(value = 1, message = "maxConcurrent must be at least 1") Integer maxConcurrent,
        @Min(value = 10, message = "maxRuntimeSeconds must be at least 10") Integer maxRuntimeSeconds,
        Instant expiresAt,
        @Size(max = 50, message = "ipAllow has more than 50 entries") List<@NotNull(message = "an entry of ipAllow is null") String> ipAllow,
        Boolean isActive,
        @Schema(type = SchemaType.OBJECT) ObjectNode meta) {
    /** A key as it is, to be changed. */
    static ApiKeyTerms of(ApiKey key) {
        Limits limits = key.limits();
        return new ApiKeyTerms(key.name(), key.scopes(), key.kind(), key.userId(), limits.rateLimit(), limits.quotaDaily(),
                limits.quotaMonthly(), limits.downloadsDaily(), limits.downloadsMonthly(), limits.maxConcurrent(),
                limits.maxRuntimeSeconds(), key.expiresAt(), key.ipAllow(), key.isActive(), key.meta());
    }

    /** Without limits. */
    static ApiKeyTerms ofTestKey(String name, List<String> scopes, Instant expiresAt) {
        return new ApiKeyTerms(name, scopes, ApiKeyText.TEST, null, null, null, null, null, null, null, null, expiresAt, null, null, null);
    }

    Limits limits() {
        return new Limits(rateLimit, quotaDaily, quotaMonthly, downloadsDaily, downloadsMonthly, maxConcurrent, maxRuntimeSeconds);
    }

    boolean ofKindTest() {
        return ApiKeyText.TEST.equals(kind);
    }
}
