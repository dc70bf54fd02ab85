package org.wallwhale.access;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.security.Principal;
import java.text.ParseException;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * An access token whose signature, issuer and end were verified, and whose other claims were looked at here.
 *
 * @param session of a token of ours; empty for one of another issuer
 * @param issuedAt the epoch for one that does not say so
 * @param external who it speaks of, if another issuer made it; else {@code subject} is the id of a user
 */
record VerifiedToken(Principal principal, String subject, Optional<UUID> session, Set<String> groups, Instant issuedAt,
        Instant expiresAt, Optional<ExternalIdentity> external) {
    private static final Set<String> OUR_HEADER = Set.of("alg", "typ");
    /** Where a header says itself by which key it is to be verified (RFC 7515, section 4.1), or what else must be understood. */
    private static final Set<String> DANGEROUS = Set.of("jku", "jwk", "x5u", "x5c", "crit");

    /** What may be shown to the server: empty for what is no signed JWT, or says itself where its key is. */
    static Optional<SignedJWT> parse(String text) {
        try {
            SignedJWT token = SignedJWT.parse(text);
            return token.getHeader().getIncludedParams().stream().noneMatch(DANGEROUS::contains)
                    && (!isOurs(token.getJWTClaimsSet()) || isOurs(token.getHeader())) ? Optional.of(token) : Optional.empty();
        } catch (ParseException e) {
            return Optional.empty();
        }
    }

    /**
     * Empty for a token that is not yet valid, that says that it is one of ours and was made for something else, or that is neither
     * ours nor of the configured issuer.
     */
    static Optional<VerifiedToken> of(SignedJWT token, Principal principal, Set<String> groups, IssuerConfig issuer) {
        try {
            JWTClaimsSet claims = token.getJWTClaimsSet();
            Date notBefore = claims.getNotBeforeTime();
            Optional<UUID> session = isOurs(claims) ? id(claims.getStringClaim("sid")) : Optional.empty();
            Optional<ExternalIdentity> external = ExternalIdentity.of(claims, issuer);
            if (notBefore != null && notBefore.toInstant().isAfter(Instant.now())
                    || (isOurs(claims) ? session.isEmpty() || !claims.getAudience().contains(TokenService.ISSUER) : external.isEmpty())) {
                return Optional.empty();
            }
            return Optional.of(new VerifiedToken(principal, claims.getSubject(), session, Set.copyOf(groups),
                    Optional.ofNullable(claims.getIssueTime()).map(Date::toInstant).orElse(Instant.EPOCH),
                    claims.getExpirationTime().toInstant(), external));
        } catch (ParseException e) {
            return Optional.empty();
        }
    }

    Optional<UUID> userId() {
        return id(subject);
    }

    /** What the token says of itself, which everybody can. */
    static boolean saysItIsOurs(SignedJWT token) {
        try {
            return isOurs(token.getJWTClaimsSet());
        } catch (ParseException e) {
            return false;
        }
    }

    private static boolean isOurs(JWTClaimsSet claims) {
        return TokenService.ISSUER.equals(claims.getIssuer());
    }

    private static boolean isOurs(JWSHeader header) {
        return header.getAlgorithm().equals(JWSAlgorithm.RS256) && OUR_HEADER.equals(header.getIncludedParams())
                && "JWT".equals(header.getType().getType());
    }

    /** {@code text} may be null. */
    private static Optional<UUID> id(String text) {
        try {
            return Optional.ofNullable(text).map(UUID::fromString);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
