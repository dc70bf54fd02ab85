package org.wallwhale.sandbox;

import java.io.IOException;

/** Asking Steam for the manifest of a depot, unless an earlier run left it in the bookkeeping folder. */
final class ManifestRequest {
    private final Stage stage;
    private final Console console;
    private final Session session;
    private final Target target;
    private final long depot;

    ManifestRequest(Stage stage, Session session, Target target, long depot) {
        this.stage = stage;
        this.console = stage.console();
        this.session = session;
        this.target = target;
        this.depot = depot;
    }

    /** Returns the manifest after saying where it came from; ends the run if the scenario refuses it. */
    Manifest answer(Manifest current) throws IOException {
        String id = Long.toUnsignedString(current.id());
        Manifest kept = null;
        if (Manifest.exists(target.bookkeeping(), depot, current.id())) {
            kept = Manifest.load(target.bookkeeping(), depot, current.id());
            if (kept == null) {
                console.line("Manifest ", id, " on disk did not match the expected checksum.");
            }
        }
        if (kept != null) {
            console.line("Already have manifest ", id, " for depot ", depot, ".");
            sayDate(id);
            return kept;
        }
        if (stage.plays(Scenario.NO_MANIFEST_CODE) || stage.plays(Scenario.MANIFEST_404)) {
            throw refused(id);
        }
        announce(current.id());
        current.save(target.bookkeeping(), depot);
        return current;
    }

    /** The lines of a manifest that comes from Steam. */
    void announce(long manifest) {
        String id = Long.toUnsignedString(manifest);
        if (stage.plays(Scenario.OLD_VERSION)) {
            console.out("Downloading depot manifest...");
            console.line(" Got manifest request code for ", depot, " ", id, " result: 4711471147114711");
            console.line(" Done!");
        } else {
            sayRequest();
            sayCode(id);
        }
        sayDate(id);
    }

    private Exit refused(String id) {
        boolean missing = stage.plays(Scenario.MANIFEST_404);
        sayRequest();
        if (missing) {
            sayCode(id);
        } else {
            console.line("No manifest request code was returned for depot ", depot, " from app ", stage.options().app(),
                    ", manifest ", id);
            if (session.isAnonymous()) {
                console.line("Suggestion: Try logging in with -username as old manifests may not be available for ",
                        "anonymous accounts.");
            }
        }
        console.line("Encountered ", missing ? 404 : 401, " for depot manifest ", depot, " ", id, ". Aborting.");
        console.line();
        console.line("Unable to download manifest ", id, " for depot ", depot);
        return stage.cancelled();
    }

    private void sayRequest() {
        console.line("Downloading depot ", depot, " manifest");
    }

    private void sayCode(String id) {
        console.line("Got manifest request code for depot ", depot, " from app ", stage.options().app(), ", manifest ", id,
                ", result: 4711471147114711");
    }

    private void sayDate(String id) {
        console.line("Manifest ", id, stage.plays(Scenario.OLD_VERSION) ? " (31.01.2026 12:34:56)" : " (01/31/2026 12:34:56)");
    }
}
