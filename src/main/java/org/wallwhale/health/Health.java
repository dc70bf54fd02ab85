package org.wallwhale.health;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * How this instance is, asked anew at each call, for its own addresses and for a server that collects checks. Live is what only a new
 * start cures, ready is what the work here needs. Steam's own troubles, and the disk's watermark, leave it ready: the other instances
 * would have them as well, and what is stored is served.
 */
@ApplicationScoped
public class Health {
    @Inject
    private DatabaseCheck database;
    @Inject
    private StorageCheck storage;
    @Inject
    private EngineCheck engine;
    @Inject
    private AccountsCheck accounts;
    @Inject
    private LoopsCheck loops;
    private volatile boolean started;
    private volatile boolean stopping;

    /** All steps of the start are done. */
    public void started() {
        started = true;
    }

    /** Nothing new is to be sent here. */
    public void stopping() {
        stopping = true;
    }

    HealthView live() {
        return HealthView.of(List.of(loops.look()));
    }

    HealthView ready() {
        return HealthView.of(Stream.of(List.of(serving()), parts()).flatMap(List::stream).toList());
    }

    HealthView start() {
        return HealthView.of(List.of(Check.of("start", Map.of(), started ? List.of() : List.of(new Trouble("start", Severity.DOWN,
                "The server is starting.", "Wait; its log says what it does.")))));
    }

    HealthView all() {
        return HealthView.of(Stream.of(start(), live(), ready()).flatMap(view -> view.checks().stream()).toList());
    }

    private List<Check> parts() {
        return List.of(database.look(), storage.look(), engine.look(), accounts.look());
    }

    private Check serving() {
        return Check.of("serving", Map.of(), started && !stopping ? List.of() : List.of(new Trouble("serving", Severity.DOWN,
                started ? "The server is stopping." : "The server is starting.", "Ask another instance, or wait.")));
    }
}
