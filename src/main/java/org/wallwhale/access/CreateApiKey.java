package org.wallwhale.access;

import jakarta.validation.constraints.Future;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;

/** The body of a new API key. {@code kind} is {@code live} if absent; a {@code test} key reaches the sandbox only. */
public record CreateApiKey(
        @NotBlank(message = "name is missing") @Size(max = 100, message = "name is longer than 100 characters") String name,
        @NotEmpty(message = "scopes is missing or empty") List<@NotNull(message = "a scope is null") @Pattern(regexp = Scope.KNOWN, message = "the scope must be download:read, "
                + "download:write, download:export, download:*, admin:read, admin:write or admin:*") String> scopes,
        @Pattern(regexp = "live|test", message = "kind must be live or test") String kind,
        @Future(message = "expiresAt must lie in the future") Instant expiresAt) {
}
