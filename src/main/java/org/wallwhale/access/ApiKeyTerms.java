package org.wallwhale.access;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.validation.Valid;
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
 * @param scopes no more than its owner has; {@code download:*} and {@code admin:*} stand for all of their kind
 * @param kind {@code live} if null; a {@code test} key reaches the sandbox only. It never changes
 * @param userId the owner; the maker if null. It never changes
 * @param expiresAt never if null
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
        @Valid @JsonUnwrapped Limits limits,
        Instant expiresAt,
        @Size(max = 50, message = "ipAllow has more than 50 entries") List<@NotNull(message = "an entry of ipAllow is null") String> ipAllow,
        Boolean isActive,
        @Schema(type = SchemaType.OBJECT) ObjectNode meta) {
    /** A key as it is, to be changed. */
    static ApiKeyTerms of(ApiKey key) {
        return new ApiKeyTerms(key.name(), key.scopes(), key.kind(), key.userId(), key.limits(), key.expiresAt(), key.ipAllow(),
                key.isActive(), key.meta());
    }

    /** Without limits. */
    static ApiKeyTerms ofTestKey(String name, List<String> scopes, Instant expiresAt) {
        return new ApiKeyTerms(name, scopes, ApiKeyText.TEST, null, Limits.DEFAULTS, expiresAt, null, null, null);
    }

    boolean ofKindTest() {
        return ApiKeyText.TEST.equals(kind);
    }
}
