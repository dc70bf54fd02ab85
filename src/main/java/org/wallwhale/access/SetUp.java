package org.wallwhale.access;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.wallwhale.secret.Secret;

/** The first administrator of a server that has none; {@code token} is the one that the server's log tells at start. */
public record SetUp(
        @NotNull(message = "token is missing") Secret token,
        @NotBlank(message = "email is missing") @Size(max = 254, message = "email is longer than 254 characters")
        @Pattern(regexp = UserWish.EMAIL, message = "email must be a mail address") String email,
        @NotNull(message = "password is missing") Secret password) {
}
