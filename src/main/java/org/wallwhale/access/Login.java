package org.wallwhale.access;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;

/** The body of a login. With {@code cookie} the tokens go into cookies, out of reach of the page's scripts. */
public record Login(
        @NotBlank(message = "email is missing") @Size(max = 254, message = "email is longer than 254 characters") String email,
        @NotBlank(message = "password is missing") @Size(max = 512, message = "password is too long") String password,
        Boolean cookie) {
    @Override
    public String toString() {
        return "Login[" + email + "]";
    }
}
