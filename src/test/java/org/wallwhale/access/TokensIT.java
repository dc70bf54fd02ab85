package org.wallwhale.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.wallwhale.Api.DOWNLOADS;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.KeyFactory;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.RSAPublicKeySpec;
import java.time.Instant;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.wallwhale.Api;
import org.wallwhale.Api.Answer;
import org.wallwhale.HttpTest;
import org.wallwhale.Problems;

class TokensIT extends HttpTest {
    private static final String AUTH = "/api/v1/auth";
    private static final String KEYS = "/api/v1/admin/api-keys";
    private static final String ADMIN = System.getenv("WALLWHALE_ADMIN_EMAIL");
    private static final String PASSWORD = System.getenv("WALLWHALE_ADMIN_PASSWORD");
    private final Api anonymous = Api.anonymous();

    // ---- tokens in the body

    @Test
    void anAccessTokenLivesForAtMost15MinutesAndNamesItsSession() throws Exception {
        JWTClaimsSet claims = SignedTokens.claimsOf(login().get("accessToken").textValue());
        assertThat(claims.getExpirationTime().getTime() - claims.getIssueTime().getTime()).isPositive().isLessThanOrEqualTo(900_000);
        assertThat(UUID.fromString(claims.getStringClaim("sid"))).isNotNull();
        assertThat(claims.getAudience()).containsExactly("wallwhale");
    }

    @Test
    void eachLoginGivesOtherTokens() throws Exception {
        JsonNode one = login();
        JsonNode other = login();
        assertThat(one.get("refreshToken")).isNotEqualTo(other.get("refreshToken"));
        JWTClaimsSet first = SignedTokens.claimsOf(one.get("accessToken").textValue());
        JWTClaimsSet second = SignedTokens.claimsOf(other.get("accessToken").textValue());
        assertThat(first.getJWTID()).isNotEqualTo(second.getJWTID());
        assertThat(first.getStringClaim("sid")).isNotEqualTo(second.getStringClaim("sid"));
    }

    @Test
    void aRefreshTokenIsReplacedByEachUse() throws Exception {
        JsonNode login = login();
        Answer answer = refresh(login);
        assertThat(answer.status()).isEqualTo(200);
        JsonNode renewed = answer.json();
        assertThat(renewed.fieldNames()).toIterable().containsExactlyElementsOf(() -> login.fieldNames());
        assertThat(renewed.get("user")).isEqualTo(login.get("user"));
        assertThat(renewed.get("refreshToken")).isNotEqualTo(login.get("refreshToken"));
        assertThat(keysWith(renewed)).isEqualTo(200);
        assertThat(keysWith(login)).as("the earlier access token goes on until it expires").isEqualTo(200);
        assertThat(SignedTokens.claimsOf(renewed.get("accessToken").textValue()).getStringClaim("sid"))
                .isEqualTo(SignedTokens.claimsOf(login.get("accessToken").textValue()).getStringClaim("sid"));
    }

    @Test
    void theUseOfAnOldRefreshTokenEndsTheSessionWithAllItsTokens() {
        JsonNode first = login();
        JsonNode second = refresh(first).json();
        JsonNode third = refresh(second).json();
        assertThat(keysWith(third)).isEqualTo(200);
        Problems.demand(refresh(first), 401, "unauthenticated");
        Problems.demand(refresh(third), 401, "unauthenticated");
        for (JsonNode tokens : List.of(first, second, third)) {
            assertThat(keysWith(tokens)).isEqualTo(401);
        }
        assertThat(recorded("session.reuse")).isTrue();
    }

    @Test
    void afterALogoutNoTokenOfTheSessionIsGoodAndOtherSessionsAre() {
        JsonNode login = login();
        JsonNode other = login();
        Api api = Api.withToken(login.get("accessToken").textValue());
        assertThat(api.get(KEYS).status()).isEqualTo(200);
        assertThat(api.post(AUTH + "/logout", "").status()).isEqualTo(204);
        Problems.demand(api.get(KEYS), 401, "unauthenticated");
        Problems.demand(refresh(login), 401, "unauthenticated");
        assertThat(api.post(AUTH + "/logout", "").status()).as("a second time").isEqualTo(204);
        assertThat(keysWith(other)).isEqualTo(200);
        assertThat(recorded("session.end")).isTrue();
    }

    @Test
    void aLogoutTakesAnyCredential() {
        JsonNode login = login();
        assertThat(anonymous.post("/v1/auth/logout", body(login)).status()).isEqualTo(204);
        assertThat(anonymous.post(AUTH + "/logout", body(login)).status()).isEqualTo(204);
        assertThat(keysWith(login)).isEqualTo(401);
        Api key = Api.withKey(Api.administrator().createKey("live", "download:read"));
        assertThat(key.post(AUTH + "/logout", "{}").status()).isEqualTo(204);
        assertThat(key.get(DOWNLOADS).status()).as("a key has no session").isEqualTo(200);
        Problems.demand(anonymous.post(AUTH + "/logout", ""), 401, "unauthenticated");
        Problems.demand(Api.withToken("garbage").post(AUTH + "/logout", "{}"), 401, "unauthenticated");
        Problems.demand(anonymous.post(AUTH + "/logout", Api.object().put("refreshToken", "garbage")), 401, "unauthenticated");
    }

    @Test
    void whatIsNoRefreshTokenIsRefused() {
        JsonNode login = login();
        Problems.demand(anonymous.post(AUTH + "/refresh", ""), 401, "unauthenticated");
        Problems.demand(anonymous.post(AUTH + "/refresh", "{}"), 401, "unauthenticated");
        for (String text : List.of("", "garbage", "ww_refresh_", login.get("accessToken").textValue().substring(0, 190))) {
            Problems.demand(anonymous.post(AUTH + "/refresh", Api.object().put("refreshToken", text)), 401, "unauthenticated");
        }
        Problems.demand(anonymous.post(AUTH + "/refresh", Api.object().put("refreshToken", "x".repeat(201))), 400, "invalid");
        Problems.demand(anonymous.post(AUTH + "/refresh", Api.object().put("token", "x")), 400, "malformed");
        Problems.demand(Api.withToken(login.get("refreshToken").textValue()).get(KEYS), 401, "unauthenticated");
    }

    @Test
    @Timeout(60)
    void anAdministratorEndsAllSessionsOfAUserAndTheirStreams() throws Exception {
        JsonNode one = login(SecondUser.EMAIL, SecondUser.PASSWORD);
        JsonNode two = login(SecondUser.EMAIL, SecondUser.PASSWORD);
        String path = "/api/v1/admin/users/" + one.get("user").get("id").textValue() + "/sessions";
        Problems.demand(Api.withToken(one.get("accessToken").textValue()).delete(path), 403, "forbidden");
        Api administrator = Api.administrator();
        HttpResponse<InputStream> stream = HttpClient.newHttpClient().send(HttpRequest.newBuilder(URI.create(Api.ROOT + "/api/v1/events"))
                .header("Authorization", "Bearer " + two.get("accessToken").textValue()).build(), HttpResponse.BodyHandlers.ofInputStream());
        assertThat(stream.statusCode()).isEqualTo(200);
        assertThat(administrator.delete(path).status()).isEqualTo(204);
        for (JsonNode tokens : List.of(one, two)) {
            Problems.demand(Api.withToken(tokens.get("accessToken").textValue()).get(DOWNLOADS), 401, "unauthenticated");
            Problems.demand(refresh(tokens), 401, "unauthenticated");
        }
        awaitEnd(stream);
        assertThat(administrator.get(KEYS).status()).isEqualTo(200);
        assertThat(administrator.delete(path).status()).as("a second time").isEqualTo(204);
        Problems.demand(administrator.delete("/api/v1/admin/users/" + UUID.randomUUID() + "/sessions"), 404, "not_found");
        assertThat(recorded("session.end-all")).isTrue();
    }

    @Test
    void aTokenWithOneWrongClaimIsRefused() throws Exception {
        Date past = Date.from(Instant.now().minusSeconds(3600));
        Date future = Date.from(Instant.now().plusSeconds(300));
        JWSHeader.Builder right = SignedTokens.header();
        Map<String, String> wrong = new LinkedHashMap<>();
        wrong.put("exp", SignedTokens.signed(right, claims().expirationTime(past).build()));
        wrong.put("nbf", SignedTokens.signed(right, claims().notBeforeTime(future).build()));
        wrong.put("aud", SignedTokens.signed(right, claims().audience("somebody else").build()));
        wrong.put("no aud", SignedTokens.signed(right, claims().audience((String) null).build()));
        wrong.put("iss", SignedTokens.signed(right, claims().issuer("somebody else").build()));
        wrong.put("typ", SignedTokens.signed(SignedTokens.header().type(new JOSEObjectType("refresh+jwt")), claims().build()));
        wrong.put("no typ", SignedTokens.signed(SignedTokens.header().type(null), claims().build()));
        SoftAssertions.assertSoftly(softly -> wrong.forEach((claim, token) ->
                softly.assertThat(Api.withToken(token).get(KEYS).status()).as("a token with wrong " + claim).isEqualTo(401)));
        assertThat(Api.withToken(SignedTokens.signed(right, claims().notBeforeTime(past).build())).get(KEYS).status())
                .as("the others are right").isEqualTo(200);
    }

    @Test
    void aTokenThatNamesAKeyIsRefusedAndNobodyIsAskedForIt() throws Exception {
        RSAPrivateCrtKey key = SignedTokens.key();
        RSAPublicKey publicKey = (RSAPublicKey) KeyFactory.getInstance("RSA")
                .generatePublic(new RSAPublicKeySpec(key.getModulus(), key.getPublicExponent()));
        try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            URI there = URI.create("http://127.0.0.1:" + listener.getLocalPort() + "/keys");
            Map<String, JWSHeader.Builder> headers = Map.of("kid", SignedTokens.header().keyID("../../dev/null"),
                    "jku", SignedTokens.header().jwkURL(there), "x5u", SignedTokens.header().x509CertURL(there),
                    "jwk", SignedTokens.header().jwk(new RSAKey.Builder(publicKey).build()));
            for (Map.Entry<String, JWSHeader.Builder> header : headers.entrySet()) {
                assertThat(Api.withToken(SignedTokens.signed(header.getValue(), claims().build())).get(KEYS).status())
                        .as(header.getKey()).isEqualTo(401);
            }
            listener.setSoTimeout(1);
            assertThatThrownBy(listener::accept).isInstanceOf(SocketTimeoutException.class);
        }
    }

    @Test
    void aTokenInTheAddressLetsNobodyIn() {
        String token = login().get("accessToken").textValue();
        for (String name : List.of("access_token", "token", "ww_access")) {
            Problems.demand(anonymous.get(DOWNLOADS + "?" + name + "=" + token), 401, "unauthenticated");
            Problems.demand(Api.withToken(token).get(DOWNLOADS + "?" + name + "=" + token), 400, "invalid");
        }
    }

    // ---- tokens in cookies

    @Test
    void aPageGetsItsTokensAsCookiesThatNoScriptReads() {
        Answer answer = cookieLogin();
        JsonNode login = answer.json();
        assertThat(login.get("accessToken").isNull() && login.get("refreshToken").isNull()).isTrue();
        assertThat(login.get("csrfToken").textValue()).hasSize(43);
        List<String> cookies = answer.response().headers().allValues("Set-Cookie");
        assertThat(cookies).hasSize(3).allSatisfy(cookie ->
                assertThat(cookie.toLowerCase(java.util.Locale.ROOT)).contains("httponly", "samesite=strict", "max-age=").doesNotContain("secure"));
        assertThat(cookies).filteredOn(cookie -> cookie.startsWith("ww_refresh=")).extracting(TokensIT::path)
                .containsExactlyInAnyOrder(Api.CONTEXT + "/api/v1/auth", Api.CONTEXT + "/v1/auth");
        assertThat(cookies).filteredOn(cookie -> cookie.startsWith("ww_access=")).extracting(TokensIT::path).containsExactly(Api.CONTEXT + "/");
        assertThat(login().get("csrfToken").isNull()).isTrue();
    }

    @Test
    void aCookieReadsAndWritesOnlyWithItsCsrfToken() {
        Answer login = cookieLogin();
        String csrf = login.json().get("csrfToken").textValue();
        Api page = page(login);
        for (String root : List.of("/api/v1", "/v1")) {
            assertThat(page.get(root + "/admin/api-keys").status()).isEqualTo(200);
            assertThat(page.head(root + "/downloads").status()).isNotIn(401, 403);
            String path = root + "/admin/api-keys/" + UUID.randomUUID();
            assertThat(Problems.demand(page.delete(path), 403, "forbidden").get("detail").textValue()).contains("X-CSRF-Token");
            Problems.demand(page.delete(path, "X-CSRF-Token", cookieLogin().json().get("csrfToken").textValue()), 403, "forbidden");
            Problems.demand(page.delete(path, "X-CSRF-Token", csrf), 404, "not_found");
        }
        assertThat(Api.withToken(cookie(login, "ww_access")).delete(KEYS + "/" + UUID.randomUUID()).status())
                .as("no other page can send the header Authorization").isEqualTo(404);
    }

    @Test
    void aHeaderCountsMoreThanTheCookie() {
        String cookie = "ww_access=" + cookie(cookieLogin(), "ww_access");
        Problems.demand(Api.withHeaders("Cookie", cookie, "Authorization", "Bearer garbage").get(KEYS), 401, "unauthenticated");
        Problems.demand(Api.withHeaders("Cookie", cookie, "X-API-Key", "garbage").get(KEYS), 401, "unauthenticated");
        Problems.demand(Api.withHeaders("Cookie", cookie, "Authorization", "Bearer " + Api.token(SecondUser.EMAIL, SecondUser.PASSWORD))
                .get(KEYS), 403, "forbidden");
    }

    @Test
    void aStaleCookieLocksNobodyOut() {
        for (String cookie : List.of("ww_access=garbage; ww_refresh=garbage", "ww_access=", "ww_access=" + expiredCookie())) {
            Api page = Api.withHeaders("Cookie", cookie);
            assertThat(page.login(ADMIN, PASSWORD).status()).isEqualTo(200);
            Problems.demand(page.get(KEYS), 401, "unauthenticated");
            assertThat(page.get("/nothing-here").status()).isEqualTo(404);
        }
    }

    @Test
    void aPageStaysLoggedInByItsRefreshCookie() {
        Answer login = cookieLogin();
        Answer renewed = Api.withHeaders("Cookie", "ww_refresh=" + cookie(login, "ww_refresh")).post(AUTH + "/refresh", "");
        assertThat(renewed.status()).isEqualTo(200);
        assertThat(renewed.json().get("accessToken").isNull() && renewed.json().get("refreshToken").isNull()).isTrue();
        assertThat(renewed.json().get("csrfToken")).as("other tabs go on").isEqualTo(login.json().get("csrfToken"));
        assertThat(page(renewed).get(KEYS).status()).isEqualTo(200);
        Problems.demand(Api.withHeaders("Cookie", "ww_refresh=" + cookie(login, "ww_refresh")).post("/v1/auth/refresh", "{}",
                "Content-Type", "application/json"), 401, "unauthenticated");
        Problems.demand(page(renewed).get(KEYS), 401, "unauthenticated");
    }

    @Test
    void aPageLogsOutByItsCookiesWhichAreTakenBack() {
        for (String name : List.of("ww_access", "ww_refresh")) {
            Answer login = cookieLogin();
            Api page = Api.withHeaders("Cookie", name + "=" + cookie(login, name));
            Problems.demand(page.post(AUTH + "/logout", ""), 403, "forbidden");
            assertThat(page(login).get(KEYS).status()).isEqualTo(200);
            for (int time = 0; time < 2; time++) {
                Answer out = page.post(AUTH + "/logout", "", "X-CSRF-Token", login.json().get("csrfToken").textValue());
                assertThat(out.status()).isEqualTo(204);
                assertThat(out.response().headers().allValues("Set-Cookie")).hasSize(3)
                        .allSatisfy(cookie -> assertThat(cookie.toLowerCase(java.util.Locale.ROOT)).contains("max-age=0"));
            }
            Problems.demand(page(login).get(KEYS), 401, "unauthenticated");
        }
    }

    @Test
    @Timeout(60)
    void aPageFollowsItsDownloadsByTheCookieUntilItLogsOut() throws Exception {
        Answer login = cookieLogin();
        HttpResponse<InputStream> stream = HttpClient.newHttpClient().send(HttpRequest.newBuilder(URI.create(Api.ROOT + "/api/v1/events"))
                .header("Cookie", "ww_access=" + cookie(login, "ww_access")).build(), HttpResponse.BodyHandlers.ofInputStream());
        assertThat(stream.statusCode()).isEqualTo(200);
        assertThat(stream.body().read()).isPositive();
        page(login).post(AUTH + "/logout", "", "X-CSRF-Token", login.json().get("csrfToken").textValue());
        awaitEnd(stream);
    }

    // ---- too many logins

    @Test
    void tooManyWrongPasswordsMustWaitWhoeverTheAccountIsAndWhateverAHeaderClaims() throws Exception {
        String known = demandThrottled(SecondUser.EMAIL, "127.0.0.21");
        String unknown = demandThrottled("nobody-at-all@example.org", "127.0.0.22");
        assertThat(withoutIds(known)).isEqualTo(withoutIds(unknown));
        assertThat(loginFrom("127.0.0.21", SecondUser.EMAIL, SecondUser.PASSWORD)).as("the right one waits too").startsWith("HTTP/1.1 429");
        assertThat(anonymous.login(SecondUser.EMAIL, SecondUser.PASSWORD).status()).as("the owner comes from another address").isEqualTo(200);
    }

    /** Returns the refusal. */
    private static String demandThrottled(String email, String address) throws IOException {
        for (int i = 0; i < 5; i++) {
            assertThat(loginFrom(address, email, "wrong password " + i)).startsWith("HTTP/1.1 401");
        }
        String refused = loginFrom(address, email, "wrong password");
        assertThat(refused).startsWith("HTTP/1.1 429").contains("application/problem+json", "\"code\":\"too_many_requests\"")
                .containsPattern("(?i)retry-after: [1-9]");
        return refused;
    }

    private static String withoutIds(String answer) {
        return answer.replaceAll("(?i)(x-request-id: |\"instance\":\"|date: |retry-after: |again in )[^\"\r\n]*", "$1");
    }

    private static String loginFrom(String address, String email, String password) throws IOException {
        URI server = URI.create(Api.ROOT);
        String body = Api.object().put("email", email).put("password", password).toString();
        try (Socket socket = new Socket(InetAddress.getByName(server.getHost()), server.getPort(), InetAddress.getByName(address), 0)) {
            socket.getOutputStream().write(("POST " + Api.CONTEXT + AUTH + "/login HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                    + "X-Forwarded-For: 198.51.100." + Math.floorMod(password.hashCode(), 250) + "\r\n"
                    + "Content-Type: application/json\r\nContent-Length: " + body.length() + "\r\n\r\n" + body).getBytes(StandardCharsets.UTF_8));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    // ----

    private static JWTClaimsSet.Builder claims() throws Exception {
        return SignedTokens.claims(ADMIN, PASSWORD, "admin:read");
    }

    private JsonNode login() {
        return login(ADMIN, PASSWORD);
    }

    private JsonNode login(String email, String password) {
        Answer answer = anonymous.login(email, password);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json();
    }

    private Answer cookieLogin() {
        Answer answer = anonymous.post(AUTH + "/login", Api.object().put("email", ADMIN).put("password", PASSWORD).put("cookie", true));
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer;
    }

    private String expiredCookie() {
        Answer login = cookieLogin();
        page(login).post(AUTH + "/logout", "", "X-CSRF-Token", login.json().get("csrfToken").textValue());
        return cookie(login, "ww_access");
    }

    private Answer refresh(JsonNode tokens) {
        return anonymous.post(AUTH + "/refresh", body(tokens));
    }

    private static Object body(JsonNode tokens) {
        return Api.object().set("refreshToken", tokens.get("refreshToken"));
    }

    private static void awaitEnd(HttpResponse<InputStream> stream) {
        try {
            stream.body().readAllBytes();
        } catch (IOException e) {
            // cut off, which is an end too
        }
    }

    private static int keysWith(JsonNode tokens) {
        return Api.withToken(tokens.get("accessToken").textValue()).get(KEYS).status();
    }

    private static Api page(Answer login) {
        return Api.withHeaders("Cookie", "other=1; ww_access=" + cookie(login, "ww_access"));
    }

    private static String cookie(Answer login, String name) {
        return login.response().headers().allValues("Set-Cookie").stream().filter(cookie -> cookie.startsWith(name + "="))
                .map(cookie -> cookie.substring(name.length() + 1).split(";")[0].replace("\"", "")).findFirst().orElseThrow();
    }

    private static String path(String cookie) {
        return cookie.replaceAll("(?i).*;\\s*path=\"?([^;\"]*).*", "$1");
    }

    private static boolean recorded(String action) {
        return Api.administrator().get("/api/v1/admin/audit-logs?limit=1&action=" + action).json().get("auditLogs").size() == 1;
    }
}
