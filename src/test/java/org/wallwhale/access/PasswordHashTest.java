package org.wallwhale.access;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.wallwhale.config.LocalSettings;
import org.wallwhale.secret.Secret;

class PasswordHashTest {
    @Test
    void withoutASettingAPasswordIsHashedByBcryptOfCost12() {
        Passwords passwords = new Passwords(new AccessConfig(LocalSettings.read()));
        assertThat(passwords.hash(Secret.of("teapot lantern gravel sixty"))).matches("\\$2b\\$12\\$[./0-9A-Za-z]{53}");
    }
}
