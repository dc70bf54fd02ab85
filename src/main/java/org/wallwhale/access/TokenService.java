package org.wallwhale.access;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.UUID;
import org.wallwhale.config.DataFolder;

/** Issues access tokens: MicroProfile JWT 2.1, RS256, scopes in {@code groups}, the user's id in {@code sub}, the session's in
 * {@code sid}: a token dies with its session. */
@ApplicationScoped
class TokenService {
    static final String ISSUER = "wallwhale";
    private RSASSASigner signer;
    private RSASSAVerifier verifier;
    private Duration lifetime;

    TokenService() {
    }

    @Inject
    TokenService(DataFolder folder, AccessConfig config) {
        TokenKeys keys = TokenKeys.of(config, folder);
        signer = new RSASSASigner(keys.privateKey());
        verifier = new RSASSAVerifier(keys.publicKey());
        lifetime = config.tokenLifetime();
    }

    Duration lifetime() {
        return lifetime;
    }

    /** True for one that was signed with our key and has not ended, to the second; its other claims are for {@link VerifiedToken}. */
    boolean isGood(SignedJWT token) {
        try {
            Date end = token.getJWTClaimsSet().getExpirationTime();
            return end != null && Instant.now().isBefore(end.toInstant()) && token.verify(verifier);
        } catch (JOSEException | ParseException e) {
            return false;
        }
    }

    String issue(User user, UUID session, Instant now) {
        JWTClaimsSet claims = new JWTClaimsSet.Builder()
                .issuer(ISSUER).audience(ISSUER).subject(user.id().toString()).claim("upn", user.email())
                .claim("sid", session.toString())
                .claim("groups", new ArrayList<>(user.role().scopes()))
                .issueTime(Date.from(now)).expirationTime(Date.from(now.plus(lifetime)))
                .jwtID(UUID.randomUUID().toString()).build();
        SignedJWT token = new SignedJWT(new JWSHeader.Builder(JWSAlgorithm.RS256).type(JOSEObjectType.JWT).build(), claims);
        try {
            token.sign(signer);
        } catch (JOSEException e) {
            throw new IllegalStateException("The token could not be signed", e);
        }
        return token.serialize();
    }
}
