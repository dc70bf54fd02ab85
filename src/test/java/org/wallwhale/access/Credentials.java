package org.wallwhale.access;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.PlainHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import java.net.URI;
import java.text.ParseException;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.wallwhale.Api;
import org.wallwhale.Api.Answer;

/** Credentials that let nobody in, each made from a right one of the administrator by one change. */
final class Credentials {
    private static final String KEYS = "/api/v1/admin/api-keys";
    private static final String EMAIL = System.getenv("WALLWHALE_ADMIN_EMAIL");
    private static final String PASSWORD = System.getenv("WALLWHALE_ADMIN_PASSWORD");
    private static final List<String> ALL = List.of("admin:read", "admin:write", "download:read", "download:write");
    private final Api administrator = Api.administrator();
    private final Map<String, Api> bad = new LinkedHashMap<>();

    /** By what is wrong with them. */
    static Map<String, Api> bad() throws Exception {
        Credentials credentials = new Credentials();
        credentials.addGarbage();
        credentials.addKeys();
        credentials.addForgedTokens();
        credentials.addTokensWithAWrongClaim();
        credentials.addTokensThatNameTheirKey();
        return credentials.bad;
    }

    private void addGarbage() {
        bad.put("no credentials", Api.anonymous());
        bad.put("a garbage key", Api.withKey("garbage"));
        bad.put("a garbage token", Api.withToken("garbage"));
        bad.put("a token of three garbage parts", Api.withToken("a.b.c"));
        bad.put("an empty token", Api.withToken(""));
        bad.put("a password", Api.withHeaders("Authorization", "Basic "
                + Base64.getEncoder().encodeToString((EMAIL + ":" + PASSWORD).getBytes(US_ASCII))));
        bad.put("a garbage cookie", Api.withHeaders("Cookie", "ww_access=garbage"));
        bad.put("a cookie next to a garbage key", Api.withHeaders("X-API-Key", "garbage", "Cookie",
                "ww_access=" + Api.token(EMAIL, PASSWORD)));
    }

    private void addKeys() {
        bad.put("a key that was never made", Api.withKey(ApiKeyText.fresh("live").reveal()));
        String key = administrator.createKey("live", "admin:*", "download:*");
        bad.put("a mistyped key", Api.withKey(key.substring(0, 20) + (key.charAt(20) == 'A' ? 'B' : 'A') + key.substring(21)));
        bad.put("a key of a deactivated user", Api.withKey(DeactivatedUser.KEY));
        Answer revoked = administrator.post(KEYS, terms());
        administrator.delete(KEYS + "/" + revoked.json().get("apiKey").get("id").textValue());
        bad.put("a revoked key", Api.withKey(text(revoked)));
        bad.put("a revoked key as a token", Api.withToken(text(revoked)));
        Answer inactive = administrator.post(KEYS, terms().put("isActive", false));
        bad.put("a key that is switched off", Api.withKey(text(inactive)));
        Instant soon = Instant.now().plusSeconds(2);
        Api expired = Api.withKey(text(administrator.post(KEYS, terms().put("expiresAt", soon.toString()))));
        expired.awaitAnswer(KEYS, answer -> answer.status() == 401);
        bad.put("an expired key", expired);
    }

    private void addForgedTokens() throws Exception {
        JWTClaimsSet claims = claims().build();
        TokenKeys pair = new TokenKeys(SignedTokens.key());
        byte[] der = Base64.getMimeDecoder().decode(pair.publicPem().replaceAll("-----.*-----", ""));
        addToken("without a signature", new PlainJWT(new PlainHeader.Builder().type(JOSEObjectType.JWT).build(), claims).serialize());
        addToken("signed with the public key as a secret", hs256(claims, der));
        addToken("signed with the public key's text as a secret", hs256(claims, pair.publicPem().getBytes(US_ASCII)));
        addToken("signed by somebody else", SignedTokens.signed(SignedTokens.header(), claims,
                new RSASSASigner(new RSAKeyGenerator(2048).generate())));
        String right = SignedTokens.signed(claims);
        addToken("with its signature cut off", right.substring(0, right.lastIndexOf('.') + 1));
    }

    private void addTokensWithAWrongClaim() throws Exception {
        Date past = Date.from(Instant.now().minusSeconds(3600));
        addToken("that expired", claims().issueTime(Date.from(Instant.now().minusSeconds(7200))).expirationTime(past));
        addToken("that never expires", claims().expirationTime(null));
        addToken("of another issuer", claims().issuer("https://elsewhere.example.org"));
        addToken("for another audience", claims().audience("elsewhere"));
        addToken("for no audience", claims().audience((String) null));
        addToken("of no session", claims().claim("sid", null));
        addToken("of an unknown session", claims().claim("sid", UUID.randomUUID().toString()));
        addToken("of an unknown user", claims().subject(UUID.randomUUID().toString()));
        addToken("of a deactivated user", claims().subject(DeactivatedUser.ID.toString()).claim("sid", DeactivatedUser.SESSION.toString()));
        String ended = Api.token(EMAIL, PASSWORD);
        Api.withToken(ended).post("/api/v1/auth/logout", "");
        addToken("of a session that ended", ended);
        addToken("that renews a session", Api.anonymous().login(EMAIL, PASSWORD).json().get("refreshToken").textValue());
    }

    private void addTokensThatNameTheirKey() throws Exception {
        RSAKey own = new RSAKeyGenerator(2048).generate();
        Map<String, JWSHeader.Builder> headers = Map.of("kid", SignedTokens.header().keyID("../../dev/null"),
                "jku", SignedTokens.header().jwkURL(URI.create("http://127.0.0.1:9/keys")),
                "jwk", SignedTokens.header().jwk(own.toPublicJWK()));
        for (Map.Entry<String, JWSHeader.Builder> header : headers.entrySet()) {
            addToken("with a " + header.getKey(), SignedTokens.signed(header.getValue(), claims().build()));
            addToken("with a " + header.getKey() + " and signed by it",
                    SignedTokens.signed(header.getValue(), claims().build(), new RSASSASigner(own)));
        }
    }

    private void addToken(String how, JWTClaimsSet.Builder claims) throws Exception {
        addToken(how, SignedTokens.signed(claims.build()));
    }

    private void addToken(String how, String token) {
        bad.put("a token " + how, Api.withToken(token));
    }

    private static String hs256(JWTClaimsSet claims, byte[] secret) throws Exception {
        return SignedTokens.signed(new JWSHeader.Builder(JWSAlgorithm.HS256).type(JOSEObjectType.JWT), claims, new MACSigner(secret));
    }

    private static JWTClaimsSet.Builder claims() throws ParseException {
        return new JWTClaimsSet.Builder(SignedTokens.claims(EMAIL, PASSWORD, "admin:read").build()).claim("groups", ALL);
    }

    private static ObjectNode terms() {
        ObjectNode terms = Api.object().put("name", "A key of the matrix");
        ALL.forEach(terms.putArray("scopes")::add);
        return terms;
    }

    private static String text(Answer created) {
        JsonNode key = created.json().get("key");
        if (key == null) {
            throw new AssertionError("No key was made: " + created.text());
        }
        return key.textValue();
    }
}
