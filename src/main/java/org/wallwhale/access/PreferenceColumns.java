package org.wallwhale.access;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import java.util.Objects;

/** {@link Preferences} in the database; written by a statement of their own, so that they spoil no change of the rest. */
@Embeddable
class PreferenceColumns {
    @Enumerated(EnumType.STRING)
    @Column(insertable = false, updatable = false)
    private Preferences.Theme theme;
    @Enumerated(EnumType.STRING)
    @Column(insertable = false, updatable = false)
    private Preferences.Density density;
    @Enumerated(EnumType.STRING)
    @Column(insertable = false, updatable = false)
    private Preferences.Language language;

    /** {@code columns} is null where a provider reads all-null columns as no object at all. */
    static Preferences read(PreferenceColumns columns) {
        return columns == null ? Preferences.DEFAULTS : new Preferences(
                Objects.requireNonNullElse(columns.theme, Preferences.DEFAULTS.theme()),
                Objects.requireNonNullElse(columns.density, Preferences.DEFAULTS.density()),
                Objects.requireNonNullElse(columns.language, Preferences.DEFAULTS.language()));
    }
}
