package org.wallwhale.access;

import com.fasterxml.jackson.annotation.JsonUnwrapped;

/**
 * A new user.
 *
 * @param generatedPassword shown for the only time; null when the maker chose one
 */
public record CreatedUser(@JsonUnwrapped UserView user, String generatedPassword) {
    @Override
    public String toString() {
        return "CreatedUser[" + user.id() + "]";
    }
}
