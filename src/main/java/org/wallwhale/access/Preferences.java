package org.wallwhale.access;

import jakarta.validation.constraints.NotNull;

/** How a user wants the web page to look. */
public record Preferences(
        @NotNull(message = "theme is missing: it is auto, light or dark") Theme theme,
        @NotNull(message = "density is missing: it is comfortable or compact") Density density,
        @NotNull(message = "language is missing: it is auto, en or de") Language language) {
    /** Of whoever has not said so. */
    static final Preferences DEFAULTS = new Preferences(Theme.AUTO, Density.COMFORTABLE, Language.AUTO);

    /** {@code auto} is as the browser says. */
    public enum Theme { AUTO, LIGHT, DARK }

    /** How much room a line takes. */
    public enum Density { COMFORTABLE, COMPACT }

    /** {@code auto} is as the browser says. */
    public enum Language { AUTO, EN, DE }
}
