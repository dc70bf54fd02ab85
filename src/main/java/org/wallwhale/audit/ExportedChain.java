package org.wallwhale.audit;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * The chain as an export tells it: NDJSON, all entries, in the order of their times. That it is whole in itself shows without any
 * secret; whether it ends where the server's chain does, only the server can tell.
 */
public final class ExportedChain {
    /** How many entries may come before the one that is next in the chain: they are linked within seconds, but not quite in order. */
    static final int MOST_AHEAD = 10_000;
    private static final JsonFactory JSON = JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();
    private static final Set<String> MEMBERS = Set.of("id", "writtenAt", "userId", "keyId", "address", "requestId", "action", "subject",
            "result", "detail", "before", "after", "position", "hash");
    private final Map<Long, AuditEntryView> ahead = new HashMap<>();
    private long waiting;
    private ChainCheck check;

    private ExportedChain() {
    }

    /**
     * Recomputes every hash. Where the beginning of the chain was dropped, the first entry of the file is taken as it is, because
     * the one before it is not there. Keeps no more than {@value #MOST_AHEAD} entries in memory.
     */
    public static AuditVerification verify(Path file) throws IOException {
        ExportedChain chain = new ExportedChain();
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(Files.newInputStream(file), StandardCharsets.UTF_8))) {
            Optional<String> fault = chain.read(lines);
            return AuditVerification.of(chain.check, chain.waiting, fault);
        }
    }

    private Optional<String> read(BufferedReader lines) throws IOException {
        long number = 1;
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            Optional<AuditEntryView> entry = entry(line);
            if (entry.isEmpty()) {
                String fault = "Line " + number + " of the file is no entry of an audit log.";
                return follow().or(() -> Optional.of(fault));
            }
            Optional<String> fault = take(entry.get());
            if (fault.isPresent()) {
                return fault;
            }
            number++;
        }
        return follow().or(this::gap).or(() -> check.position() > 0 ? check.end() : Optional.of("The file holds no chained entry."));
    }

    private Optional<String> take(AuditEntryView entry) {
        if (entry.position() == null) {
            waiting++;
            return Optional.empty();
        }
        if (check != null && entry.position() <= check.position() || ahead.putIfAbsent(entry.position(), entry) != null) {
            return follow().or(() -> Optional.of("Entry " + entry.position() + " is in the file twice."));
        }
        return ahead.size() <= MOST_AHEAD ? Optional.empty() : follow().or(() -> ahead.size() <= MOST_AHEAD ? Optional.empty() : gap());
    }

    /** Goes along the chain as far as it was read. */
    private Optional<String> follow() {
        if (check == null) {
            begin();
        }
        for (AuditEntryView next = ahead.remove(check.position() + 1); next != null; next = ahead.remove(check.position() + 1)) {
            Optional<String> fault = check.follow(next);
            if (fault.isPresent()) {
                return fault;
            }
        }
        return Optional.empty();
    }

    private void begin() {
        long first = ahead.isEmpty() ? 1 : Collections.min(ahead.keySet());
        check = first == 1 ? new ChainCheck(0, ChainHash.BEFORE_THE_FIRST) : new ChainCheck(first, ahead.remove(first).hash());
    }

    private Optional<String> gap() {
        return ahead.values().stream().findAny().flatMap(check::follow);
    }

    private static Optional<AuditEntryView> entry(String line) {
        Map<String, String> members = new HashMap<>();
        try (JsonParser in = JSON.createParser(line)) {
            if (in.nextToken() == JsonToken.START_OBJECT) {
                while (in.nextToken() == JsonToken.FIELD_NAME) {
                    members.put(in.currentName(), value(in, line));
                }
            }
            return members.keySet().equals(MEMBERS) && in.nextToken() == null ? Optional.of(entry(members)) : Optional.empty();
        } catch (IOException | IllegalArgumentException | DateTimeException e) {
            return Optional.empty();
        }
    }

    /** Objects to the letter, because the hash is of their text. */
    private static String value(JsonParser in, String line) throws IOException {
        JsonToken token = in.nextToken();
        if (token == JsonToken.VALUE_NULL) {
            return null;
        }
        if (token.isScalarValue()) {
            return in.getText();
        }
        int from = (int) in.currentTokenLocation().getCharOffset();
        in.skipChildren();
        return line.substring(from, (int) in.currentLocation().getCharOffset());
    }

    private static AuditEntryView entry(Map<String, String> members) {
        return new AuditEntryView(id(members, "id"), Instant.parse(text(members, "writtenAt")), id(members, "userId"), id(members, "keyId"),
                members.get("address"), members.get("requestId"), members.get("action"), members.get("subject"),
                Result.valueOf(text(members, "result").toUpperCase(Locale.ROOT)), members.get("detail"), members.get("before"),
                members.get("after"), members.get("position") == null ? null : Long.valueOf(members.get("position")), members.get("hash"));
    }

    private static UUID id(Map<String, String> members, String name) {
        return members.get(name) == null ? null : UUID.fromString(members.get(name));
    }

    private static String text(Map<String, String> members, String name) {
        return Optional.ofNullable(members.get(name)).orElse("");
    }
}
