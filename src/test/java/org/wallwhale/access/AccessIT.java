package org.wallwhale.access;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.wallwhale.Api.DOWNLOADS;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.PlainHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import java.security.KeyPairGenerator;
import java.security.interfaces.RSAPrivateCrtKey;
import java.text.ParseException;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.wallwhale.Api;
import org.wallwhale.Api.Answer;
import org.wallwhale.HttpTest;
import org.wallwhale.Problems;
import org.wallwhale.ServerKind;

class AccessIT extends HttpTest {
    private static final String KEYS = "/api/v1/admin/api-keys";
    private static final String ADMIN = System.getenv("WALLWHALE_ADMIN_EMAIL");
    private static final String PASSWORD = System.getenv("WALLWHALE_ADMIN_PASSWORD");
    private final Api administrator = Api.administrator();

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "live | {\"name\":\"k\",\"scopes\":[\"download:read\"]}                    | /scopes",
        "live | {\"name\":\"k\",\"scopes\":[\"admin:*\"]}                          | /scopes"
    })
    void aKeyCannotMakeOneThatMayDoMore(String kind, String wish, String pointer) {
        Api maker = Api.withKey(administrator.createKey(kind, "admin:write"));
        Answer refused = maker.post(KEYS, wish);
        Problems.demand(refused, 403, "forbidden");
        assertThat(refused.json().get("errors").get(0).get("pointer").textValue()).isEqualTo(pointer);
        assertThat(maker.post(KEYS, "{\"name\":\"k\",\"scopes\":[\"admin:write\"],\"kind\":\"" + kind + "\"}").status()).isEqualTo(201);
    }

    @Test
    void aTestKeyHasNothingOfAnAdministrator() {
        JsonNode problem = Problems.demand(administrator.post(KEYS, wish("admin:read").put("kind", "test")), 400, "invalid");
        assertThat(problem.get("errors").get(0).get("pointer").textValue()).isEqualTo("/scopes");
    }

    @Test
    void aLoginGivesATokenThatLetsIn() {
        Answer answer = Api.anonymous().login(" " + ADMIN.toUpperCase(java.util.Locale.ROOT), PASSWORD);
        assertThat(answer.status()).isEqualTo(200);
        JsonNode login = answer.json();
        assertThat(login.get("user").get("email").textValue()).isEqualTo(ADMIN);
        assertThat(login.get("user").get("role").textValue()).isEqualTo("admin");
        assertThat(login.get("expiresIn").intValue()).isEqualTo(900);
        assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
        assertThat(Api.withToken(login.get("accessToken").textValue()).get(KEYS).status()).isEqualTo(200);
    }

    @Test
    void anUnknownUserAndAWrongPasswordAreAnsweredAlike() {
        ObjectNode wrong = (ObjectNode) Problems.demand(Api.anonymous().login(ADMIN, PASSWORD + "x"), 401, "unauthenticated");
        ObjectNode unknown = (ObjectNode) Problems.demand(Api.anonymous().login("nobody@example.org", PASSWORD), 401,
                "unauthenticated");
        assertThat(wrong.without("instance").equals(unknown.without("instance"))).isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "null", value = {"null|x|email is missing", "a@b|null|password is missing",
        "' '|x|email is missing"})
    void aLoginWithoutItsMembersIsRefused(String email, String password, String told) {
        JsonNode problem = Problems.demand(Api.anonymous().login(email, password), 400, "invalid");
        assertThat(problem.get("message").textValue()).isEqualTo(told);
    }

    @Test
    void aKeyLetsInByEitherHeader() {
        String key = administrator.createKey("live", "download:read");
        for (Api api : List.of(Api.withKey(key), Api.withToken(key), Api.withHeaders("Authorization", "bearer " + key))) {
            assertThat(api.get(DOWNLOADS).status()).isEqualTo(200);
        }
    }

    @Test
    void aBadCredentialOnAnOpenAddressIsIgnored() {
        for (Api api : List.of(Api.withToken("garbage"), Api.withKey("garbage"), Api.withKey("ww_live_" + "0".repeat(36)),
                Api.withHeaders("Authorization", "Basic YTpi"))) {
            assertThat(api.login(ADMIN, PASSWORD).status()).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "garbage", "a.b.c", "ww_live_", "ww_live_000000000000000000000000000000000000"})
    void garbageIsNoCredential(String text) {
        Problems.demand(Api.withToken(text).get(DOWNLOADS), 401, "unauthenticated");
        Problems.demand(Api.withKey(text).get(DOWNLOADS), 401, "unauthenticated");
        Problems.demand(Api.withHeaders("Authorization", text).get(DOWNLOADS), 401, "unauthenticated");
        Problems.demand(Api.withHeaders("Authorization", "Basic " + text).get(DOWNLOADS), 401, "unauthenticated");
    }

    @Test
    void aRefusalSaysWhatIsWrongWithTheCredential() throws Exception {
        JWTClaimsSet expired = claims().expirationTime(Date.from(Instant.now().minusSeconds(3600))).build();
        String revoked = administrator.createKey("live", "download:read");
        String id = administrator.get(KEYS).json().get("apiKeys").get(0).get("id").textValue();
        administrator.delete(KEYS + "/" + id);
        for (Api api : List.of(Api.withToken("garbage"), Api.withToken(signed(expired)))) {
            demandRefusal(api.get(DOWNLOADS), "The access token is expired or not valid");
        }
        for (Api api : List.of(Api.withKey("garbage"), Api.withKey(revoked), Api.withToken(revoked),
                Api.withKey(ApiKeyText.fresh("live").reveal()))) {
            demandRefusal(api.get(DOWNLOADS), "The API key is not valid");
        }
        Answer login = Api.withToken("garbage").login(ADMIN, "wrong password");
        assertThat(login.header("WWW-Authenticate")).isEqualTo("Bearer realm=\"wallwhale\"");
    }

    private static void demandRefusal(Answer answer, String told) {
        assertThat(Problems.demand(answer, 401, "unauthenticated").get("detail").textValue()).startsWith(told);
        assertThat(answer.header("WWW-Authenticate")).isEqualTo("Bearer realm=\"wallwhale\", error=\"invalid_token\"");
    }

    @Test
    void aTokenOfOursLetsInUntilItExpires() throws Exception {
        assertThat(Api.withToken(signed(claims().build())).get(KEYS).status()).as("the claims of the other tests are right")
                .isEqualTo(200);
        JWTClaimsSet expired = claims().issueTime(Date.from(Instant.now().minusSeconds(7200)))
                .expirationTime(Date.from(Instant.now().minusSeconds(3600)))
                .build();
        Problems.demand(Api.withToken(signed(expired)).get(KEYS), 401, "unauthenticated");
    }

    @Test
    void aForgedTokenDoesNotLetIn() throws Exception {
        JWTClaimsSet claims = claims().build();
        RSAPrivateCrtKey key = SignedTokens.key();
        TokenKeys pair = new TokenKeys(key);
        byte[] der = Base64.getMimeDecoder().decode(pair.publicPem().replaceAll("-----.*-----", ""));
        KeyPairGenerator other = KeyPairGenerator.getInstance("RSA");
        other.initialize(2048);
        String right = signed(claims);
        Map<String, String> forged = new LinkedHashMap<>();
        forged.put("unsigned", new PlainJWT(new PlainHeader.Builder().type(JOSEObjectType.JWT).build(), claims).serialize());
        forged.put("unsigned in capitals", encoded("{\"alg\":\"NONE\",\"typ\":\"JWT\"}")
                + right.substring(right.indexOf('.'), right.lastIndexOf('.') + 1));
        forged.put("signed with the public key as a secret", signed(claims, JWSAlgorithm.HS256, new MACSigner(der)));
        forged.put("signed with the public key's text", signed(claims, JWSAlgorithm.HS256,
                new MACSigner(pair.publicPem().getBytes(US_ASCII))));
        forged.put("signed by somebody else", signed(claims, JWSAlgorithm.RS256,
                new RSASSASigner(other.generateKeyPair().getPrivate())));
        forged.put("without its signature", right.substring(0, right.lastIndexOf('.') + 1));
        forged.put("without its last part", right.substring(0, right.lastIndexOf('.')));
        forged.put("with another header", altered(right, 0));
        forged.put("with other claims", altered(right, right.indexOf('.') + 5));
        forged.put("with another signature", altered(right, right.length() - 20));
        forged.put("of another issuer", signed(claims().issuer("somebody else").build()));
        forged.put("of no issuer", signed(claims().issuer(null).build()));
        forged.put("that never expires", signed(claims().expirationTime(null).build()));
        forged.put("of another user's session", signed(claims().subject(claimsOfTheSecondUser().getSubject()).build()));
        forged.put("of no session", signed(claims().claim("sid", null).build()));
        forged.put("of an unknown session", signed(claims().claim("sid", UUID.randomUUID().toString()).build()));
        forged.put("of an unknown user", signed(claims().subject(UUID.randomUUID().toString()).build()));
        forged.put("of a user who is no id", signed(claims().subject("admin").build()));
        forged.put("of nobody", signed(claims().subject(null).build()));
        SoftAssertions.assertSoftly(softly -> forged.forEach((how, token) ->
                softly.assertThat(Api.withToken(token).get(KEYS).status()).as("a token " + how).isEqualTo(401)));
    }

    @Test
    void aTokensGroupsNeverGoBeyondTheRole() throws Exception {
        Api second = Api.withToken(signed(SignedTokens.claims(SecondUser.EMAIL, SecondUser.PASSWORD, "download:read")
                .claim("groups", List.of("admin:read", "admin:*", "download:read")).build()));
        Problems.demand(second.get(KEYS), 403, "forbidden");
        assertThat(second.get(DOWNLOADS).status()).isEqualTo(200);
        Problems.demand(second.post(DOWNLOADS, Api.object().put("urlOrId", "1")), 403, "forbidden");
    }

    @Test
    void aMissingScopeIsNamed() {
        Api reader = Api.withKey(administrator.createKey("live", "download:read"));
        assertThat(Problems.demand(reader.post(DOWNLOADS, Api.object().put("urlOrId", "1")), 403, "forbidden").get("message")
                .textValue())
                .contains("download:write");
        assertThat(Problems.demand(reader.get(KEYS), 403, "forbidden").get("message").textValue()).contains("admin:read");
        assertThat(Problems.demand(Api.secondUser().get(KEYS), 403, "forbidden").get("message").textValue())
                .contains("admin:read");
    }

    @Test
    void aKeyIsShownOnceAndRevokedAtOnce() {
        Answer created = administrator.post(KEYS, wish("download:read"));
        String text = created.json().get("key").textValue();
        String id = created.json().get("apiKey").get("id").textValue();
        assertThat(created.status()).isEqualTo(201);
        assertThat(created.header("Location")).endsWith(KEYS + "/" + id);
        assertThat(text).matches("ww_live_[0-9A-Za-z]{36}");
        String list = administrator.get(KEYS).text();
        assertThat(list).contains(id, text.substring(0, 12), text.substring(40)).doesNotContain(text)
                .doesNotContain(text.substring(12, 40));
        assertThat(Api.withKey(text).get(DOWNLOADS).status()).isEqualTo(200);
        assertThat(administrator.delete(KEYS + "/" + id).status()).isEqualTo(204);
        Problems.demand(Api.withKey(text).get(DOWNLOADS), 401, "unauthenticated");
        assertThat(administrator.delete(KEYS + "/" + id).status()).isEqualTo(204);
        Problems.demand(administrator.delete(KEYS + "/" + UUID.randomUUID()), 404, "not_found");
    }

    @Test
    void anExpiredKeyLetsNobodyIn() {
        Instant soon = Instant.now().plusSeconds(3);
        String key = administrator.post(KEYS, wish("download:read").put("expiresAt", soon.toString())).json().get("key")
                .textValue();
        Api api = Api.withKey(key);
        assertThat(api.get(DOWNLOADS).status()).isEqualTo(200);
        Problems.demand(api.awaitAnswer(DOWNLOADS, answer -> answer.status() != 200), 401, "unauthenticated");
        assertThat(Instant.now()).isAfter(soon.minusSeconds(1));
    }

    @Test
    void aMistypedKeyLetsNobodyIn() {
        String key = administrator.createKey("live", "download:read");
        Problems.demand(Api.withKey(altered(key, 20)).get(DOWNLOADS), 401, "unauthenticated");
        Problems.demand(Api.withKey(key.substring(0, 43)).get(DOWNLOADS), 401, "unauthenticated");
        Problems.demand(Api.withKey(ApiKeyText.fresh("live").reveal()).get(DOWNLOADS), 401, "unauthenticated");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "{\"name\":\"k\",\"scopes\":[]}                        | /scopes",
        "{\"name\":\"k\"}                                      | /scopes",
        "{\"name\":\" \",\"scopes\":[\"admin:*\"]}             | /name",
        "{\"name\":\"k\",\"scopes\":[\"admin:*\"],\"kind\":\"prod\"} | /kind",
        "{\"name\":\"k\",\"scopes\":[\"admin:*\"],\"expiresAt\":\"2020-01-01T00:00:00Z\"} | /expiresAt",
        "{\"name\":\"k\",\"scopes\":[\"admin:root\"]}          | /scopes/0",
    })
    void aBadWishForAKeyIsRefused(String body, String pointer) {
        JsonNode problem = Problems.demand(administrator.post(KEYS, body, "Content-Type", "application/json"), 400, "invalid");
        assertThat(problem.get("errors").findValuesAsText("pointer")).contains(pointer);
    }

    @Test
    void everyAnswerCarriesTheProtectiveHeaders() {
        for (Answer answer : List.of(administrator.get(DOWNLOADS), Api.anonymous().get(DOWNLOADS), Api.anonymous()
                .get("/nothing"),
                Api.anonymous().get("/v1/downloads"), administrator.head(DOWNLOADS), administrator.get(DOWNLOADS + "?x=1"),
                Api.anonymous().login(ADMIN, PASSWORD))) {
            assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
            assertThat(answer.header("Referrer-Policy")).isEqualTo("no-referrer");
            assertThat(answer.header("Content-Security-Policy")).contains("frame-ancestors 'none'", "default-src 'none'")
                    .doesNotContain("unsafe");
            assertThat(answer.header("X-Request-Id")).isNotBlank();
            if (ServerKind.underTest() != ServerKind.PAYARA_SERVER) { // which adds them until its administrator says otherwise
                assertThat(answer.header("X-Powered-By")).isEmpty();
                assertThat(answer.header("Server")).isEmpty();
            }
        }
        assertThat(Api.anonymous().get(DOWNLOADS).header("Cache-Control")).isEqualTo("no-store");
        assertThat(Api.anonymous().get("/v1/downloads").header("Cache-Control")).isEqualTo("no-store");
    }

    @Test
    void bothSpellingsOfTheAddressAnswerAlike() {
        String id = administrator.submit(Api.object().put("urlOrId", "4400000000").put("accountName", "sandbox")
                .put("startAt", "2099-01-01T00:00:00Z"))
                .get("id").textValue();
        for (String path : List.of("/downloads/" + id, "/downloads?q=4400000000", "/admin/api-keys")) {
            Answer canonical = administrator.get("/api/v1" + path);
            Answer older = administrator.get("/v1" + path);
            assertThat(older.status()).isEqualTo(canonical.status()).isEqualTo(200);
            assertThat(older.text()).isEqualTo(canonical.text());
        }
        assertThat(administrator.post("/v1/downloads/" + id + "/cancel", "").json().get("status").textValue())
                .isEqualTo("canceled");
        assertThat(Api.anonymous().post("/v1/auth/login", Api.object().put("email", ADMIN).put("password", PASSWORD)).status())
                .isEqualTo(200);
    }

    private static ObjectNode wish(String scope) {
        ObjectNode wish = Api.object().put("name", "A test's key");
        wish.putArray("scopes").add(scope);
        return wish;
    }

    private static String altered(String text, int at) {
        return text.substring(0, at) + (text.charAt(at) == 'A' ? 'B' : 'A') + text.substring(at + 1);
    }

    private static String encoded(String header) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(header.getBytes(US_ASCII));
    }

    private static JWTClaimsSet claimsOfTheSecondUser() throws ParseException {
        return SignedTokens.claims(SecondUser.EMAIL, SecondUser.PASSWORD, "download:read").build();
    }

    /** What a token of the administrator claims. */
    private static JWTClaimsSet.Builder claims() throws ParseException {
        return SignedTokens.claims(ADMIN, PASSWORD, "admin:read");
    }

    private static String signed(JWTClaimsSet claims) throws Exception {
        return SignedTokens.signed(claims);
    }

    private static String signed(JWTClaimsSet claims, JWSAlgorithm algorithm, JWSSigner signer) throws JOSEException {
        return SignedTokens.signed(new JWSHeader.Builder(algorithm).type(JOSEObjectType.JWT), claims, signer);
    }
}
