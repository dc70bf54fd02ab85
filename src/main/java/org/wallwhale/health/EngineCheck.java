package org.wallwhale.health;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.wallwhale.engine.ToolCheck;
import org.wallwhale.engine.ToolState;

/** Up while the configured DepotDownloader is there, or none is configured; shows its version. */
@ApplicationScoped
class EngineCheck {
    static final String NAME = "engine";
    private static final String SETTING = "wallwhale.engine.depotdownloader-path";
    private static final String HOW_TO_GET_IT = "Run `wallwhale engine install` on this machine, or download DepotDownloader 3.4.0 or newer for it "
            + "from https://github.com/SteamRE/DepotDownloader/releases, unpack it, set its run bit, and name it in " + SETTING + "; then start the server anew.";
    @Inject
    private ToolCheck tool;

    Check look() {
        ToolState state = tool.state();
        Map<String, Object> data = new TreeMap<>(Map.of("tool", state.name().toLowerCase(Locale.ROOT)));
        tool.version().ifPresent(version -> data.put("version", version));
        return Check.of(NAME, data, troubles(state));
    }

    EngineView view(boolean sandboxEnabled) {
        ToolState state = tool.state();
        Optional<Trouble> trouble = troubles(state).stream().findFirst();
        return new EngineView(state != ToolState.NONE && state != ToolState.MISSING, state, tool.version().orElse(null),
                trouble.map(Trouble::cause).orElse(null), trouble.map(Trouble::cure).orElse(null), HOW_TO_GET_IT, sandboxEnabled);
    }

    private List<Trouble> troubles(ToolState state) {
        return switch (state) {
            case READY, UNKNOWN -> List.of();
            case NONE -> List.of(new Trouble(NAME, Severity.DEGRADED, "No DepotDownloader is set up: items that need one cannot be fetched.",
                    "Run `wallwhale engine install` on this machine, or name DepotDownloader 3.4.0 or newer in " + SETTING + "; then start the server anew."));
            case MISSING -> List.of(new Trouble(NAME, Severity.DOWN, "The DepotDownloader that is set up is no longer there, or not executable.",
                    "Put it back where " + SETTING + " says, with its run bit set."));
            case BROKEN -> List.of(new Trouble(NAME, Severity.DEGRADED, "The DepotDownloader that is set up names no version of itself.",
                    "Run it with --version as the server's user; it may be another program, or lack a library."));
            case OLD -> List.of(new Trouble(NAME, Severity.DEGRADED, "The DepotDownloader that is set up is " + tool.version().orElse("old")
                    + "; before 3.4.0 it cannot read what Steam sends today.", "Install 3.4.0 or newer in its place."));
        };
    }
}
