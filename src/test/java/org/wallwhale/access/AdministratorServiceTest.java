package org.wallwhale.access;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.persistence.EntityManager;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wallwhale.Beans;
import org.wallwhale.database.TestDatabase;

class AdministratorServiceTest {
    @TempDir
    private Path folder;

    @Test
    void anAdministratorIsNeededWhereNoneIsAndNoneComesFromAnotherIssuer() throws Exception {
        try (Beans beans = new Beans(TestDatabase.h2(), Map.of("wallwhale.data-dir", folder.toString()))) {
            UUID user = beans.addUser();
            assertThat(beans.get(AdministratorService.class).isNeeded()).isTrue();
            beans.transaction(() -> beans.get(EntityManager.class).createNativeQuery("update users set role = 'ADMIN' where id = ?1")
                    .setParameter(1, user).executeUpdate());
            assertThat(beans.get(AdministratorService.class).isNeeded()).as("not asked again so soon").isTrue();
            beans.get(AdministratorService.class).forgetToken();
            assertThat(beans.get(AdministratorService.class).isNeeded()).isFalse();
        }
        try (Beans beans = new Beans(TestDatabase.h2(), Map.of("wallwhale.data-dir", folder.toString(), "mp.jwt.verify.issuer", "https://issuer.example",
                "wallwhale.access.admin-role", "admins"))) {
            assertThat(beans.get(AdministratorService.class).isNeeded()).isFalse();
        }
    }

    @Test
    void instancesThatStartTogetherMakeOneAdministrator() {
        TestDatabase database = TestDatabase.postgreSql();
        // Hashing takes time between the look and the making, so that without a lock all of them find none.
        try (Beans beans = new Beans(database, Map.of("wallwhale.data-dir", folder.toString(), "wallwhale.admin.email", "a@example.org",
                "wallwhale.access.bcrypt-cost", "10"))) {
            AdministratorService administrators = beans.get(AdministratorService.class);
            CyclicBarrier together = new CyclicBarrier(2);
            Runnable start = () -> {
                try {
                    together.await();
                } catch (Exception e) {
                    throw new AssertionError(e);
                }
                administrators.ensureAdministrator();
            };
            CompletableFuture.allOf(CompletableFuture.runAsync(start), CompletableFuture.runAsync(start)).join();
            assertThat(database.<Object>transaction(entities -> entities.createNativeQuery("select count(*) from users").getSingleResult()))
                    .hasToString("1");
        }
    }
}
