package org.wallwhale.share;

import jakarta.persistence.EntityManager;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.wallwhale.Beans;
import org.wallwhale.access.Caller;
import org.wallwhale.access.Callers;
import org.wallwhale.audit.Actor;
import org.wallwhale.database.ClockRepository;
import org.wallwhale.database.SettableClock;
import org.wallwhale.database.TestDatabase;
import org.wallwhale.download.Claim;
import org.wallwhale.download.ClaimService;
import org.wallwhale.download.Delivery;
import org.wallwhale.download.Holder;
import org.wallwhale.download.SubmitDownload;
import org.wallwhale.download.SubmitService;
import org.wallwhale.problem.ProblemException;
import org.wallwhale.store.Arrival;
import org.wallwhale.store.ContentKey;
import org.wallwhale.store.StoreService;

/** Finished downloads and their links, on a database. */
abstract class SharedDownloads {
    static final ShareTerms PLAIN = new ShareTerms(null, null, null, null);
    static final Actor VISITOR = Actor.stranger("192.0.2.9", "a visit");
    @TempDir
    Path folder;
    Beans beans;
    SettableClock clock;
    Caller owner;

    abstract TestDatabase open();

    @BeforeEach
    void start() {
        beans = new Beans(open(), Map.of("wallwhale.data-dir", folder.toString(), "wallwhale.sandbox.enabled", "true",
                "wallwhale.store.min-free-bytes", "0", "wallwhale.share.longest-days", "30"));
        clock = new SettableClock(beans.get(EntityManager.class));
        beans.put(ClockRepository.class, clock);
        owner = Callers.of(beans.addUser(), "download:read", "download:write");
    }

    @AfterEach
    void close() {
        beans.close();
    }

    boolean begins(Standing link, long bytes) {
        try {
            standings().begin(link, bytes, 1000, VISITOR);
            return true;
        } catch (ProblemException e) {
            return false;
        }
    }

    Object revoked(ShareView share, Caller caller) {
        shares().revoke(share.id(), version -> true, caller);
        return share;
    }

    Optional<Standing> link(ShareView share) {
        return standings().find(share.id());
    }

    Shared finished(String item) throws Exception {
        UUID id = beans.get(SubmitService.class).submit(line(item), owner).id();
        finishNext();
        return new Shared(id, false);
    }

    /** As a run ends. */
    void finishNext() throws Exception {
        Claim claim = beans.get(ClaimService.class).claim(new Holder("here", "boot")).orElseThrow();
        Path content = folder.resolve("work").resolve(claim.downloadId().toString());
        Files.createDirectories(content);
        Files.writeString(content.resolve("a.txt"), claim.pubfileId());
        Files.writeString(content.resolve("b.txt"), "b");
        StoreService store = beans.get(StoreService.class);
        Arrival arrival = store.scan(new ContentKey(claim.source().name().toLowerCase(Locale.ROOT), claim.appId(), claim.pubfileId(), "1"),
                claim.fence(), content, List.of("a.txt", "b.txt"));
        store.takeIn(arrival, content);
        beans.transaction(() -> {
            UUID stored = store.register(arrival, Optional.empty());
            // the database's own clock, which is asked in between otherwise, has that done
            beans.get(EntityManager.class).flush();
            return beans.get(ClaimService.class).succeed(claim, new Delivery(stored, "1", arrival.sizeBytes(), Optional.empty()), List.of(), 0);
        });
    }

    static SubmitDownload line(String item) {
        return new SubmitDownload(item, "sandbox", null, null, null);
    }

    void sql(String statement) throws Exception {
        beans.transaction(() -> beans.get(EntityManager.class).createNativeQuery(statement).executeUpdate());
    }

    List<String> strings(String query) throws Exception {
        List<?> rows = beans.transaction(() -> beans.get(EntityManager.class).createNativeQuery(query).getResultList());
        return rows.stream().map(String::valueOf).toList();
    }

    ShareService shares() {
        return beans.get(ShareService.class);
    }

    SharedService visits() {
        return beans.get(SharedService.class);
    }

    StandingService standings() {
        return beans.get(StandingService.class);
    }
}
