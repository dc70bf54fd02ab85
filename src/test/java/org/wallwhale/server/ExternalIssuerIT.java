package org.wallwhale.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.wallwhale.Api.DOWNLOADS;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wallwhale.Api;
import org.wallwhale.Problems;

/** A server that is configured for the tokens of another issuer. */
class ExternalIssuerIT {
    private static final String AUTH = "/api/v1/auth";
    private static final String ADMIN_ONLY = "/api/v1/admin/api-keys";
    @TempDir
    private static Path folder;
    private static Portal portal;
    private static ExternalUsers users;
    private static ServerProcess server;

    /** While the issuer is away, the server starts all the same, and our own login works. */
    @BeforeAll
    static void start() throws Exception {
        portal = Portal.start();
        users = ExternalUsers.inNewDatabase();
        Map<String, String> settings = new HashMap<>(portal.settings());
        settings.putAll(users.settings());
        portal.setAway(true);
        server = ServerProcess.start(folder, ServerProcess.freePort(), settings);
        Api early = with(portal.token("early", "depot-user"));
        assertThat(early.get(DOWNLOADS).status()).as("while the issuer is away").isEqualTo(401);
        portal.setAway(false);
        server.await("its keys are there", Duration.ofSeconds(10), () -> early.get(DOWNLOADS).status() == 200);
    }

    @AfterAll
    static void stop() throws InterruptedException {
        server.close();
        portal.close();
    }

    @Test
    void itsRolesDecideWhatItsUsersMayDo() throws Exception {
        Api user = with(portal.token("plain", "other", "depot-user"));
        assertThat(user.get(DOWNLOADS).status()).isEqualTo(200);
        Problems.demand(user.get(ADMIN_ONLY), 403, "forbidden");
        assertThat(with(portal.token("chief", "depot-user", "depot-admin")).get(ADMIN_ONLY).status()).isEqualTo(200);
        assertThat(Problems.demand(with(portal.token("guest", "other")).get(DOWNLOADS), 403, "forbidden").get("detail").textValue())
                .contains("depot-user", "depot-admin");
        assertThat(users.of("guest")).isEmpty();
        assertThat(users.of("plain")).singleElement().satisfies(row -> {
            assertThat(row.issuer()).isEqualTo(portal.issuer());
            assertThat(row.role()).isEqualTo("USER");
            assertThat(row.email()).startsWith("name-of-plain+").endsWith("@external.invalid");
        });
    }

    @Test
    void aUsersRoleFollowsTheirTokens() throws Exception {
        assertThat(with(portal.token("riser", "depot-user")).get(DOWNLOADS).status()).isEqualTo(200);
        assertThat(with(portal.token("riser", "depot-admin")).get(ADMIN_ONLY).status()).isEqualTo(200);
        assertThat(users.of("riser")).singleElement().extracting(ExternalUsers.Row::role).isEqualTo("ADMIN");
    }

    @Test
    void manyFirstCallsAtOnceMakeOneUser() throws Exception {
        ExecutorService callers = Executors.newFixedThreadPool(8);
        try {
            Callable<Integer> call = () -> with(portal.token("crowd", "depot-user")).get(DOWNLOADS).status();
            for (Future<Integer> status : callers.invokeAll(Collections.nCopies(8, call))) {
                assertThat(status.get()).isEqualTo(200);
            }
        } finally {
            callers.shutdown();
        }
        assertThat(users.of("crowd")).hasSize(1);
    }

    @Test
    void ourOwnLoginGoesOn() throws Exception {
        Api anonymous = Api.anonymous().at(server.root());
        var login = anonymous.login(ServerProcess.EMAIL, ServerProcess.PASSWORD).json();
        Api own = with(login.get("accessToken").textValue());
        assertThat(own.get(ADMIN_ONLY).status()).isEqualTo(200);
        assertThat(anonymous.post(AUTH + "/refresh", Api.object().put("refreshToken", login.get("refreshToken").textValue())).status())
                .isEqualTo(200);
        assertThat(own.post(AUTH + "/logout", "").status()).isEqualTo(204);
        Problems.demand(own.get(DOWNLOADS), 401, "unauthenticated");
    }

    @Test
    void ourOwnTokensAreVerifiedAsStrictlyAsEver() throws Exception {
        String token = Api.anonymous().at(server.root()).login(ServerProcess.EMAIL, ServerProcess.PASSWORD).json()
                .get("accessToken").textValue();
        JWTClaimsSet claims = SignedJWT.parse(token).getJWTClaimsSet();
        assertThat(with(signedByUs(claims, ours())).get(DOWNLOADS).status()).as("made as we do").isEqualTo(200);
        refused("the portal's key", signedByUs(claims, portal.key()));
        refused("the portal's key and header", portal.sign(claims));
        refused("our key in a header that is not ours", Portal.sign(claims, new RSAKey.Builder(ours()).keyID("portal-1").build()));
        refused("another audience", signedByUs(new JWTClaimsSet.Builder(claims).audience(Portal.AUDIENCE).build(), ours()));
        refused("no session", signedByUs(new JWTClaimsSet.Builder(claims).claim("sid", null).build(), ours()));
        refused("ended", signedByUs(new JWTClaimsSet.Builder(claims).expirationTime(Date.from(Instant.now().minusSeconds(1))).build(), ours()));
        refused("without end", signedByUs(new JWTClaimsSet.Builder(claims).expirationTime(null).build(), ours()));
        refused("not yet", signedByUs(new JWTClaimsSet.Builder(claims).notBeforeTime(Date.from(Instant.now().plusSeconds(120))).build(), ours()));
        refused("the portal's claims", signedByUs(portal.claims("mallory", "depot-admin").build(), ours()));
        refused("an unsigned one", new PlainJWT(claims).serialize());
    }

    @Test
    void whatIsNotTheIssuersTokenForUsIsRefused() throws Exception {
        JWTClaimsSet claims = portal.claims("mallory", "depot-admin").build();
        refused("another audience", portal.sign(new JWTClaimsSet.Builder(claims).audience("other-api").build()));
        refused("no audience", portal.sign(new JWTClaimsSet.Builder(claims).audience((String) null).build()));
        refused("another issuer", portal.sign(new JWTClaimsSet.Builder(claims).issuer("http://127.0.0.1/other").build()));
        refused("no issuer", portal.sign(new JWTClaimsSet.Builder(claims).issuer(null).build()));
        refused("expired", portal.sign(new JWTClaimsSet.Builder(claims).expirationTime(Date.from(Instant.now().minusSeconds(120))).build()));
        refused("not yet valid", portal.sign(new JWTClaimsSet.Builder(claims).notBeforeTime(Date.from(Instant.now().plusSeconds(120))).build()));
        refused("no subject", portal.sign(new JWTClaimsSet.Builder(claims).subject(null).build()));
        refused("an endless subject", portal.sign(new JWTClaimsSet.Builder(claims).subject("x".repeat(256)).build()));
        refused("another key of the same name", Portal.sign(claims, Portal.newKey("portal-1")));
        refused("another key", Portal.sign(claims, Portal.newKey("portal-2")));
        refused("alg none", new PlainJWT(claims).serialize());
        SignedJWT mac = new SignedJWT(new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("portal-1").build(), claims);
        mac.sign(new MACSigner(portal.key().toRSAPublicKey().getEncoded()));
        refused("the public key as a password", mac.serialize());
        assertThat(users.of("mallory")).isEmpty();
    }

    @Test
    void aDeactivatedUserIsOutWithinASecond() throws Exception {
        Api user = with(portal.token("leaver", "depot-user"));
        assertThat(user.get(DOWNLOADS).status()).isEqualTo(200);
        users.deactivate("leaver");
        server.await("the user is out", Duration.ofSeconds(1), () -> user.get(DOWNLOADS).status() == 403);
        Problems.demand(with(portal.token("leaver", "depot-admin")).get(DOWNLOADS), 403, "forbidden");
        assertThat(users.of("leaver")).hasSize(1);
    }

    @Test
    void neitherAMailAddressNorAnIdMakesSomebodyALocalUser() throws Exception {
        String administrator = SignedJWT.parse(Api.anonymous().at(server.root()).login(ServerProcess.EMAIL, ServerProcess.PASSWORD).json()
                .get("accessToken").textValue()).getJWTClaimsSet().getSubject();
        String token = portal.sign(new JWTClaimsSet.Builder(portal.claims(administrator, "depot-user").build())
                .claim("email", ServerProcess.EMAIL).claim("email_verified", true).claim("preferred_username", ServerProcess.EMAIL)
                .claim("groups", List.of("admin:read", "admin:write")).build());
        Problems.demand(with(token).get(ADMIN_ONLY), 403, "forbidden");
        assertThat(with(token).get(DOWNLOADS).status()).isEqualTo(200);
        assertThat(users.of(administrator)).singleElement().extracting(ExternalUsers.Row::email).isNotEqualTo(ServerProcess.EMAIL);
        assertThat(users.all()).filteredOn(row -> row.email().equals(ServerProcess.EMAIL)).singleElement()
                .extracting(ExternalUsers.Row::subject).isNull();
    }

    @Test
    void anExternalUserHasNoPassword() throws Exception {
        assertThat(with(portal.token("keyless", "depot-user")).get(DOWNLOADS).status()).isEqualTo(200);
        Api anonymous = Api.anonymous().at(server.root());
        String address = users.of("keyless").get(0).email();
        for (String password : List.of("x", "nobody has this password", address)) {
            Problems.demand(anonymous.login(address, password), 401, "unauthenticated");
        }
    }

    @Test
    void anExternalTokenIsNeitherRenewedNorLoggedOutHere() throws Exception {
        Api user = with(portal.token("visitor", "depot-user"));
        Problems.demand(user.post(AUTH + "/logout", ""), 409, "conflict");
        Problems.demand(user.post(AUTH + "/refresh", ""), 409, "conflict");
    }

    private static void refused(String what, String token) {
        assertThat(with(token).get(DOWNLOADS).status()).as(what).isEqualTo(401);
    }

    private static Api with(String token) {
        return Api.withToken(token).at(server.root());
    }

    private static String signedByUs(JWTClaimsSet claims, RSAKey key) throws Exception {
        return Portal.sign(claims, new RSAKey.Builder(key).keyID(null).build());
    }

    private static RSAKey ours() throws Exception {
        KeyFactory rsa = KeyFactory.getInstance("RSA");
        RSAPrivateCrtKey key = (RSAPrivateCrtKey) rsa.generatePrivate(new PKCS8EncodedKeySpec(
                Files.readAllBytes(folder.resolve("data").resolve("secrets").resolve("token-key"))));
        return new RSAKey.Builder((RSAPublicKey) rsa.generatePublic(
                new RSAPublicKeySpec(key.getModulus(), key.getPublicExponent()))).privateKey(key).build();
    }
}
