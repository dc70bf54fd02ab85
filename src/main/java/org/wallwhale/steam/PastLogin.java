package org.wallwhale.steam;

import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.wallwhale.database.NullableIdConverter;

/** A login that was begun: an account's, or an anonymous one. */
@Entity
@Table(name = "steam_logins")
class PastLogin {
    @Id
    private UUID id;
    @Column(name = "account_id")
    @Convert(converter = NullableIdConverter.class)
    private UUID accountId;
    private String address;
    @Column(name = "logged_in_at")
    private Instant at;

    PastLogin() {
    }

    /** {@code accountId} is null for an anonymous one. */
    PastLogin(UUID accountId, String address, Instant at) {
        id = UUID.randomUUID();
        this.accountId = accountId;
        this.address = address;
        this.at = at;
    }

    Instant at() {
        return at;
    }
}
