package org.wallwhale.workshop;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.ConnectException;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;

/**
 * What Steam publicly says of items, asked without a key and remembered by this instance: for ten minutes what there is, for one
 * what there is not. A question waits three seconds at most for each hundred ids; then, and whenever Steam's answer is of no use,
 * nothing is known. An id that is being asked for is not asked for a second time. Runs and people are refused by Steam one by one:
 * who looks up more than Steam likes silences no run.
 */
@ApplicationScoped
public class Workshop {
    private static final Logger LOG = System.getLogger(Workshop.class.getName());
    private static final int MOST_AT_ONCE = 100;
    private static final int MOST_REMEMBERED = 10_000;
    private static final Duration DEADLINE = Duration.ofSeconds(3);
    private static final Duration KNOWN = Duration.ofMinutes(10);
    private static final Duration MISSING = Duration.ofMinutes(1);
    private final Quiet runs = new Quiet();
    private final Quiet people = new Quiet();
    private final AtomicBoolean away = new AtomicBoolean();
    private SteamWebApi steam;
    private String host;
    private AsyncCache<String, Item> known;

    Workshop() {
    }

    @Inject
    public Workshop(WorkshopConfig config) {
        this(config, DEADLINE, System::nanoTime);
    }

    Workshop(WorkshopConfig config, Duration deadline, LongSupplier nanoTime) {
        steam = new SteamWebApi(config.base(), deadline, nanoTime);
        host = config.base().getHost();
        known = Caffeine.newBuilder().maximumSize(MOST_REMEMBERED).ticker(nanoTime::getAsLong).expireAfter(Expiry.<String, Item>creating(
                (id, item) -> item instanceof MissingItem ? MISSING : KNOWN)).buildAsync();
    }

    /** For a run, by id; without those of which nothing is known. What somebody else was asking for in vain it asks for itself. */
    public Map<String, Item> find(Collection<String> pubfileIds) {
        Set<String> asked = ConcurrentHashMap.newKeySet();
        Map<String, Item> found = new HashMap<>(find(pubfileIds, runs, asked));
        List<String> others = pubfileIds.stream().filter(id -> !found.containsKey(id) && !asked.contains(id)).toList();
        if (!others.isEmpty()) {
            Map<String, Item> answered = asked(others, runs).join();
            known.synchronous().putAll(answered);
            found.putAll(answered);
        }
        return found;
    }

    /** The same for a person, who does not wait a second time. */
    public Map<String, Item> lookUp(Collection<String> pubfileIds) {
        return find(pubfileIds, people, ConcurrentHashMap.newKeySet());
    }

    /** {@code asked} gets those that nobody was asking for. */
    private Map<String, Item> find(Collection<String> pubfileIds, Quiet quiet, Set<String> asked) {
        return known.getAll(pubfileIds, (ids, executor) -> {
            asked.addAll(ids);
            return asked(List.copyOf(ids), quiet);
        }).join();
    }

    public Optional<Item> find(String pubfileId) {
        return Optional.ofNullable(find(Set.of(pubfileId)).get(pubfileId));
    }

    /** Asks anew the next time: what was remembered turned out to be old. */
    public void forget(String pubfileId) {
        known.synchronous().invalidate(pubfileId);
    }

    /** The last question of a run got no answer of use. */
    public boolean isSilent() {
        return away.get();
    }

    private CompletableFuture<Map<String, Item>> asked(List<String> ids, Quiet quiet) {
        List<String> some = ids.subList(0, Math.min(MOST_AT_ONCE, ids.size()));
        List<String> rest = ids.subList(some.size(), ids.size());
        // a collection looks like an old item with one web file unless it is asked for as a collection
        CompletableFuture<byte[]> collections = steam.ask(quiet, "GetCollectionDetails", "collectioncount", some);
        CompletableFuture<Map<String, Item>> items = steam.ask(quiet, "GetPublishedFileDetails", "itemcount", some)
                .thenCombine(collections, (details, children) -> read(some, details, children)).handle((found, failure) -> heard(found, failure, quiet));
        return rest.isEmpty() ? items : items.thenCombine(items.thenCompose(first -> asked(rest, quiet)), (first, others) -> {
            Map<String, Item> all = new HashMap<>(first);
            all.putAll(others);
            return all;
        });
    }

    /** Nothing but what was asked for, because all of it is remembered. */
    private static Map<String, Item> read(List<String> ids, byte[] details, byte[] collections) {
        try {
            Map<String, Item> items = ItemAnswers.items(details, ItemAnswers.children(collections));
            items.keySet().retainAll(ids);
            return items;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What people were refused for looking up too much says nothing of how runs fare. */
    private Map<String, Item> heard(Map<String, Item> items, Throwable failure, Quiet quiet) {
        if (failure != null && quiet == people) {
            LOG.log(Level.DEBUG, "Steam's Web API says nothing of items that somebody looked up", failure);
            return Map.of();
        }
        if (failure != null) {
            LOG.log(away.getAndSet(true) ? Level.DEBUG : Level.WARNING,
                    "Steam's Web API says nothing of items: " + inWords(failure) + ". Downloads go on without details; if it stays so, look at this "
                            + "machine's way to " + host + ".");
            return Map.of();
        }
        if (away.getAndSet(false)) {
            LOG.log(Level.INFO, "Steam's Web API says what items are again.");
        }
        return items;
    }

    /** The innermost says what it was, if it says anything. */
    private static String inWords(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        if (cause instanceof TimeoutException || cause instanceof HttpTimeoutException) {
            return "it does not answer in time";
        }
        if (cause instanceof JsonProcessingException) {
            return "it answers something else than it should";
        }
        return cause instanceof ConnectException || cause.getMessage() == null ? "it cannot be reached" : cause.getMessage();
    }
}
