package org.wallwhale.access;

import com.nimbusds.jwt.JWTClaimsSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Who a verified token of another issuer speaks of. Only issuer and subject tell one user from another: a mail address may be
 * anybody's (OpenID Connect Core, section 5.7).
 *
 * @param name what the issuer calls the user, for people to read; may be anybody else's
 * @param role empty for one who has no business here
 * @param scopes what the token grants; as the role where no claim is configured for it
 */
record ExternalIdentity(String issuer, String subject, String name, Optional<Role> role, Set<String> scopes) {
    private static final int LONGEST_SUBJECT = 255;

    /** Empty for a token that is not the configured issuer's, or does not say whose it is. */
    static Optional<ExternalIdentity> of(JWTClaimsSet claims, IssuerConfig config) {
        String subject = claims.getSubject();
        if (config.issuer().filter(issuer -> issuer.equals(claims.getIssuer())).isEmpty()
                || subject == null || subject.isBlank() || subject.length() > LONGEST_SUBJECT) {
            return Optional.empty();
        }
        Optional<Role> role = role(texts(claims.getClaims(), config.rolesClaim()), config);
        Set<String> scopes = role.map(has -> config.scopesClaim()
                .map(claim -> Scope.effective(texts(claims.getClaims(), claim), has)).orElse(has.scopes())).orElse(Set.of());
        String name = Stream.of("preferred_username", "upn", "email").map(claims::getClaim).filter(String.class::isInstance)
                .map(String.class::cast).findFirst().orElse(subject);
        return Optional.of(new ExternalIdentity(claims.getIssuer(), subject, name, role, scopes));
    }

    private static Optional<Role> role(List<String> roles, IssuerConfig config) {
        if (config.adminRole().filter(roles::contains).isPresent()) {
            return Optional.of(Role.ADMIN);
        }
        return config.userRole().filter(roles::contains).map(role -> Role.USER);
    }

    /** The claim's texts: a list's, or those between the blanks of one (RFC 8693, section 4.2); none for anything else. */
    private static List<String> texts(Map<?, ?> claims, String path) {
        Object value = find(claims, path);
        if (value instanceof String text) {
            return List.of(text.split(" "));
        }
        List<String> texts = new ArrayList<>();
        if (value instanceof List<?> list) {
            list.stream().filter(String.class::isInstance).map(String.class::cast).forEach(texts::add);
        }
        return texts;
    }

    /** Each dot of the path may lead one object down, or be a part of a name: {@code realm_access.roles}, {@code https://a.example/roles}. */
    private static Object find(Map<?, ?> claims, String path) {
        if (claims.containsKey(path)) {
            return claims.get(path);
        }
        for (int dot = path.indexOf('.'); dot >= 0; dot = path.indexOf('.', dot + 1)) {
            if (claims.get(path.substring(0, dot)) instanceof Map<?, ?> inner) {
                Object found = find(inner, path.substring(dot + 1));
                if (found != null) {
                    return found;
                }
            }
        }
        return null;
    }
}
