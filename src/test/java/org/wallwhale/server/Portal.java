package org.wallwhale.server;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The least that an issuer of tokens is: a key, and an address where its public half lies. */
final class Portal implements AutoCloseable {
    static final String AUDIENCE = "wallwhale-api";
    private final RSAKey key;
    private final HttpServer server;
    private volatile boolean away;

    private Portal(RSAKey key, HttpServer server) {
        this.key = key;
        this.server = server;
    }

    static Portal start() throws IOException, JOSEException {
        RSAKey key = newKey("portal-1");
        byte[] keys = new JWKSet(key.toPublicJWK()).toString().getBytes(StandardCharsets.UTF_8);
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
        Portal portal = new Portal(key, server);
        server.createContext("/keys", exchange -> {
            if (portal.away) {
                exchange.sendResponseHeaders(503, -1);
            } else {
                exchange.getResponseHeaders().set("Content-Type", "application/json");
                exchange.sendResponseHeaders(200, keys.length);
                exchange.getResponseBody().write(keys);
            }
            exchange.close();
        });
        server.start();
        return portal;
    }

    void setAway(boolean isAway) {
        away = isAway;
    }

    static RSAKey newKey(String id) throws JOSEException {
        return new RSAKeyGenerator(2048).keyID(id).generate();
    }

    String issuer() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/portal";
    }

    /** What lets its users in at a server. */
    Map<String, String> settings() {
        return Map.of("MP_JWT_VERIFY_ISSUER", issuer(), "MP_JWT_VERIFY_AUDIENCES", AUDIENCE,
                "MP_JWT_VERIFY_PUBLICKEY_LOCATION", "http://127.0.0.1:" + server.getAddress().getPort() + "/keys",
                "WALLWHALE_ACCESS_ROLES_CLAIM", "realm_access.roles", "WALLWHALE_ACCESS_ADMIN_ROLE", "depot-admin",
                "WALLWHALE_ACCESS_USER_ROLE", "depot-user");
    }

    /** A good token's claims, for five minutes. */
    JWTClaimsSet.Builder claims(String subject, String... roles) {
        Instant now = Instant.now();
        return new JWTClaimsSet.Builder().issuer(issuer()).audience(AUDIENCE).subject(subject)
                .claim("preferred_username", "name of " + subject).claim("realm_access", Map.of("roles", List.of(roles)))
                .issueTime(Date.from(now)).expirationTime(Date.from(now.plusSeconds(300))).jwtID(UUID.randomUUID().toString());
    }

    String token(String subject, String... roles) throws JOSEException {
        return sign(claims(subject, roles).build());
    }

    String sign(JWTClaimsSet claims) throws JOSEException {
        return sign(claims, key);
    }

    static String sign(JWTClaimsSet claims, RSAKey key) throws JOSEException {
        SignedJWT token = new SignedJWT(new JWSHeader.Builder(JWSAlgorithm.RS256).type(JOSEObjectType.JWT).keyID(key.getKeyID()).build(),
                claims);
        token.sign(new RSASSASigner(key));
        return token.serialize();
    }

    RSAKey key() {
        return key;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
