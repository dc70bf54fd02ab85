package org.wallwhale.health;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.wallwhale.certificate.ServerCertificate;

/** Always up: what is wrong with a certificate, its clients see at once. Shows when it ends; absent where this server has none. */
@ApplicationScoped
class CertificateCheck {
    static final String NAME = "certificate";
    @Inject
    private ServerCertificate certificate;

    Optional<Check> look() {
        return certificate.standing().map(standing -> Check.of(NAME,
                standing.expires() == null ? Map.of() : Map.of("expiresAt", standing.expires().toString()),
                standing.cause() == null ? List.of() : List.of(new Trouble(NAME, Severity.DEGRADED, standing.cause(), standing.cure()))));
    }
}
