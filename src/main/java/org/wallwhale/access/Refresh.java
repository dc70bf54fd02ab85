package org.wallwhale.access;

import jakarta.validation.constraints.Size;

/** The body of a renewal and of a logout; a page that uses the cookie sends none. */
public record Refresh(@Size(max = 200, message = "refreshToken is too long") String refreshToken) {
    @Override
    public String toString() {
        return "Refresh[***]";
    }
}
