package org.wallwhale.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.JWTClaimsSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.wallwhale.config.Settings;

class ExternalIdentityTest {
    private final Properties settings = new Properties();
    private final JWTClaimsSet.Builder claims = new JWTClaimsSet.Builder().issuer("https://portal.example").subject("42");

    ExternalIdentityTest() {
        settings.setProperty("mp.jwt.verify.issuer", "https://portal.example");
        settings.setProperty("wallwhale.access.admin-role", "chief");
        settings.setProperty("wallwhale.access.user-role", "member");
    }

    @Test
    void theRolesClaimIsGroupsUnlessAnotherIsConfigured() {
        assertThat(role(claims.claim("groups", List.of("member")))).contains(Role.USER);
        assertThat(role(claims.claim("groups", List.of("member", "chief")))).contains(Role.ADMIN);
        assertThat(role(claims.claim("groups", List.of("Chief", "members")))).isEmpty();
    }

    @Test
    void theRolesClaimMayLieInObjectsWhoseNamesHaveDots() {
        rolesIn("resource_access.depot.example.org.roles");
        assertThat(role(claims.claim("resource_access", Map.of("depot.example.org", Map.of("roles", List.of("chief"))))))
                .contains(Role.ADMIN);
        rolesIn("https://portal.example/roles");
        assertThat(role(claims.claim("https://portal.example/roles", "openid member"))).contains(Role.USER);
    }

    @Test
    void claimsOfAnotherShapeAreNoRoles() {
        rolesIn("realm_access.roles");
        assertThat(role(claims)).isEmpty();
        assertThat(role(claims.claim("realm_access", List.of("chief")))).isEmpty();
        assertThat(role(claims.claim("realm_access", Map.of("roles", Map.of("chief", true))))).isEmpty();
        assertThat(role(claims.claim("realm_access", Map.of("roles", List.of(List.of("chief"), 1))))).isEmpty();
    }

    @Test
    void theScopesAreTheRolesUnlessAClaimCutsThemDown() {
        claims.claim("groups", List.of("member"));
        assertThat(identity(claims).orElseThrow().scopes()).isEqualTo(Role.USER.scopes());
        settings.setProperty("wallwhale.access.scopes-claim", "scope");
        assertThat(identity(claims).orElseThrow().scopes()).isEmpty();
        assertThat(identity(claims.claim("scope", "openid download:read admin:*")).orElseThrow().scopes()).containsExactly("download:read");
    }

    @Test
    void onlyTheConfiguredIssuersTokensSpeakOfSomebody() {
        assertThat(identity(claims)).isPresent();
        assertThat(identity(claims.issuer("https://portal.example/"))).isEmpty();
        settings.setProperty("mp.jwt.verify.issuer", "wallwhale");
        assertThat(identity(claims.issuer("wallwhale"))).isEmpty();
    }

    private void rolesIn(String path) {
        settings.setProperty("wallwhale.access.roles-claim", path);
    }

    private Optional<Role> role(JWTClaimsSet.Builder token) {
        return identity(token).orElseThrow().role();
    }

    private Optional<ExternalIdentity> identity(JWTClaimsSet.Builder token) {
        return ExternalIdentity.of(token.build(), new IssuerConfig(new Settings(key -> Optional.ofNullable(settings.getProperty(key)))));
    }
}
