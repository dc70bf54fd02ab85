package org.wallwhale.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wallwhale.Beans;
import org.wallwhale.database.TestDatabase;
import org.wallwhale.secret.Secret;

class AccessServiceTest {
    private static final Secret PASSWORD = Secret.of("correct horse battery");
    @TempDir
    private Path folder;

    @Test
    void aLoginBringsAHashToTheConfiguredCost() {
        TestDatabase database = TestDatabase.h2();
        try (Beans beans = beans(database, "4")) {
            beans.get(AdministratorService.class).ensureAdministrator();
            assertThat(hash(database)).startsWith("$2b$04$");
            Beans costlier = beans(database, "5");
            costlier.get(AccessService.class).login("a@example.org", PASSWORD);
            String rehashed = hash(database);
            assertThat(rehashed).startsWith("$2b$05$");
            costlier.get(AccessService.class).login("a@example.org", PASSWORD);
            assertThat(hash(database)).isEqualTo(rehashed);
        }
    }

    private Beans beans(TestDatabase database, String cost) {
        return new Beans(database, Map.of("wallwhale.data-dir", folder.toString(), "wallwhale.admin.email", "a@example.org",
                "wallwhale.admin.password", PASSWORD.reveal(), "wallwhale.access.bcrypt-cost", cost));
    }

    private static String hash(TestDatabase database) {
        return database.transaction(entities -> entities.createNativeQuery("select password_hash from users").getSingleResult()).toString();
    }
}
