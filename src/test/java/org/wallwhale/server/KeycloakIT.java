package org.wallwhale.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.wallwhale.Api.DOWNLOADS;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wallwhale.Api;
import org.wallwhale.Problems;

/** The settings that docs/operations.md gives for Keycloak, with a real one. {@link ExternalIssuerIT} has the finer points. */
class KeycloakIT {
    private static final String ADMIN_ONLY = "/api/v1/admin/api-keys";
    private static final String CLIENT = "portal-app";
    @TempDir
    private static Path folder;
    private static Keycloak keycloak;
    private static ExternalUsers users;
    private static ServerProcess server;

    @BeforeAll
    static void start() throws Exception {
        keycloak = Keycloak.start(folder.resolve("keycloak.log"));
        users = ExternalUsers.inNewDatabase();
        Map<String, String> settings = new HashMap<>(Map.of(
                "MP_JWT_VERIFY_ISSUER", keycloak.issuer("portal"),
                "MP_JWT_VERIFY_PUBLICKEY_LOCATION", keycloak.keys("portal"),
                "MP_JWT_VERIFY_AUDIENCES", "wallwhale-api",
                "WALLWHALE_ACCESS_ROLES_CLAIM", "realm_access.roles",
                "WALLWHALE_ACCESS_USER_ROLE", "depot-user",
                "WALLWHALE_ACCESS_ADMIN_ROLE", "depot-admin"));
        settings.putAll(users.settings());
        server = ServerProcess.start(folder, ServerProcess.freePort(), settings);
    }

    @AfterAll
    static void stop() throws InterruptedException {
        try {
            if (server != null) {
                server.close();
            }
        } finally {
            keycloak.close();
        }
    }

    @Test
    void itsUsersGetInAndItsRolesAreOurs() throws Exception {
        Api anna = with(keycloak.token("portal", CLIENT, "anna"));
        assertThat(anna.get(DOWNLOADS).status()).isEqualTo(200);
        Problems.demand(anna.get(ADMIN_ONLY), 403, "forbidden");
        assertThat(with(keycloak.token("portal", CLIENT, "berta")).get(ADMIN_ONLY).status()).isEqualTo(200);
        Problems.demand(with(keycloak.token("portal", CLIENT, "carla")).get(DOWNLOADS), 403, "forbidden");
    }

    @Test
    void aDownloadGoesFromTheSubmitToItsBytesByItsTokensAlone() throws Exception {
        Api anna = with(keycloak.token("portal", CLIENT, "anna"));
        Api.Answer submitted = anna.post(DOWNLOADS, Api.object().put("urlOrId", "3000000000").put("accountName", "sandbox"));
        assertThat(submitted.status()).as(submitted.text()).isEqualTo(202);
        String download = URI.create(submitted.header("Location")).getPath();
        anna.awaitAnswer(download, answer -> answer.json().get("status").textValue().equals("success"));
        byte[] zip = anna.get(download + "/zip").bytes();
        try (ZipInputStream entries = new ZipInputStream(new ByteArrayInputStream(zip))) {
            long bytes = 0;
            while (entries.getNextEntry() != null) {
                bytes += entries.readAllBytes().length;
            }
            assertThat(bytes).as("some of the files are empty, not all").isPositive();
        }
        assertThat(anna.get(DOWNLOADS).text()).contains(download);
        Problems.demand(with(keycloak.token("portal", CLIENT, "carla")).get(download), 403, "forbidden");
    }

    @Test
    void anAdministratorsMailAddressThereMakesNoAdministratorHere() throws Exception {
        String token = keycloak.token("portal", CLIENT, "anna");
        assertThat(claims(token).getStringClaim("email")).isEqualTo(ServerProcess.EMAIL);
        Problems.demand(with(token).get(ADMIN_ONLY), 403, "forbidden");
        assertThat(users.of(claims(token).getSubject())).singleElement().satisfies(row -> {
            assertThat(row.role()).isEqualTo("USER");
            assertThat(row.email()).startsWith("anna+").endsWith("@external.invalid");
        });
        Api own = with(Api.anonymous().at(server.root()).login(ServerProcess.EMAIL, ServerProcess.PASSWORD).json().get("accessToken")
                .textValue());
        assertThat(own.get(ADMIN_ONLY).status()).isEqualTo(200);
    }

    @Test
    void whatItDidNotMakeForUsIsRefused() throws Exception {
        String good = keycloak.token("portal", CLIENT, "berta");
        JWTClaimsSet claims = claims(good);
        refused("for another audience", keycloak.token("portal", "other-app", "berta"));
        refused("of another realm", keycloak.token("other", CLIENT, "berta"));
        refused("of this realm, with another's signature", body(good) + signature(keycloak.token("other", CLIENT, "berta")));
        refused("signed by somebody else with its key's name",
                Portal.sign(claims, Portal.newKey(SignedJWT.parse(good).getHeader().getKeyID())));
        refused("alg none", new PlainJWT(claims).serialize());
    }

    @Test
    void anExpiredTokenIsRefused() throws Exception {
        String token = keycloak.token("portal", "hasty-app", "berta");
        Instant end = claims(token).getExpirationTime().toInstant();
        server.await("the token ends", Duration.ofSeconds(10), () -> Instant.now().isAfter(end));
        refused("expired", token);
    }

    @Test
    void aDeactivatedUserIsOutWithinASecond() throws Exception {
        String token = keycloak.token("portal", CLIENT, "dora");
        assertThat(with(token).get(DOWNLOADS).status()).isEqualTo(200);
        users.deactivate(claims(token).getSubject());
        server.await("the user is out", Duration.ofSeconds(1), () -> with(token).get(DOWNLOADS).status() == 403);
    }

    private static String body(String token) {
        return token.substring(0, token.lastIndexOf('.') + 1);
    }

    private static String signature(String token) {
        return token.substring(token.lastIndexOf('.') + 1);
    }

    private static JWTClaimsSet claims(String token) throws Exception {
        return SignedJWT.parse(token).getJWTClaimsSet();
    }

    private static void refused(String what, String token) {
        assertThat(with(token).get(DOWNLOADS).status()).as(what).isEqualTo(401);
    }

    private static Api with(String token) {
        return Api.withToken(token).at(server.root());
    }
}
