package org.wallwhale.access;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;

/** The body of a login. */
public record Login(
        @NotBlank(message = "email is missing") @Size(max = 254, message = "email is longer than 254 characters") String email,
        @NotBlank(message = "password is missing") @Size(max = 512, message = "password is too long") String password) {
    @Override
    public String toString() {
        return "Login[" + email + "]";
    }
}
