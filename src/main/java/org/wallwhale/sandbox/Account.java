package org.wallwhale.sandbox;

import java.util.Locale;

/** The accounts this program knows; their passwords are public, like numbers of test credit cards. */
enum Account {
    SANDBOX(Guard.Kind.NONE), GOOD(Guard.Kind.NONE), TOTP(Guard.Kind.TOTP), MAIL(Guard.Kind.MAIL), MOBILE(Guard.Kind.MOBILE),
    LIMITED(Guard.Kind.NONE), POOR(Guard.Kind.NONE);

    final Guard.Kind guard;

    Account(Guard.Kind guard) {
        this.guard = guard;
    }

    /** The account of that name, written in any case, or null. */
    static Account called(String name) {
        for (Account account : values()) {
            if (account.name().equalsIgnoreCase(name)) {
                return account;
            }
        }
        return null;
    }

    /** {@code sandbox} for the account sandbox, {@code pw-good} for good and so on; limited is refused with any. */
    boolean opensWith(String password) {
        String name = label();
        return password.equals(this == SANDBOX ? name : "pw-".concat(name));
    }

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
