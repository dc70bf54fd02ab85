package org.wallwhale.workshop;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads what GetPublishedFileDetails and GetCollectionDetails answer. Both are written by strangers: every number may be a text,
 * every member may be absent or of another kind, which then counts as not said.
 */
final class ItemAnswers {
    private static final int MOST_TITLE_CHARACTERS = 200;
    private static final int LONGEST_ADDRESS = 500;
    private static final long MAX_APP_ID = 4_294_967_294L;
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");
    private static final Pattern ID = Pattern.compile("[1-9][0-9]{0,19}");
    private static final Pattern IMAGE_HOST = Pattern.compile("(?:[a-z0-9-]+\\.)+steamusercontent\\.com|steamuserimages-a\\.akamaihd\\.net");
    /** Control, format (they turn the direction of text), private and half characters. */
    private static final Pattern INVISIBLE = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Co}\\p{Cs}\\p{Zl}\\p{Zp}]+");
    private static final ObjectMapper JSON = new ObjectMapper(JsonFactory.builder().streamReadConstraints(
            StreamReadConstraints.builder().maxNestingDepth(20).maxNumberLength(40).maxStringLength(1 << 20).build()).build());

    private ItemAnswers() {
    }

    /** By id; {@code children} are those that the other answer has. Ids that Steam says nothing of are not there. */
    static Map<String, Item> items(byte[] details, Map<String, List<String>> children) throws IOException {
        Map<String, Item> items = new HashMap<>();
        for (JsonNode item : JSON.readTree(details).path("response").path("publishedfiledetails")) {
            String id = text(item, "publishedfileid");
            if (ID.matcher(id).matches()) {
                items.put(id, item(id, item, children.getOrDefault(id, List.of())));
            }
        }
        return items;
    }

    /** Of each id that is a collection with anything in it, what it holds. */
    static Map<String, List<String>> children(byte[] collections) throws IOException {
        Map<String, List<String>> children = new HashMap<>();
        for (JsonNode collection : JSON.readTree(collections).path("response").path("collectiondetails")) {
            List<JsonNode> found = new ArrayList<>();
            collection.path("children").forEach(found::add);
            found.sort(Comparator.comparingLong(child -> number(child, "sortorder")));
            List<String> ids = found.stream().map(child -> text(child, "publishedfileid")).filter(id -> ID.matcher(id).matches())
                    .distinct().toList();
            if (number(collection, "result") == 1 && !ids.isEmpty()) {
                children.put(text(collection, "publishedfileid"), ids);
            }
        }
        return children;
    }

    private static Item item(String id, JsonNode item, List<String> children) {
        Optional<MissingItem.Why> missing = missing(item);
        if (missing.isPresent()) {
            return new MissingItem(id, missing.get());
        }
        long app = number(item, "consumer_app_id");
        long size = number(item, "file_size");
        Optional<WebFile> webFile = Optional.of(text(item, "file_url")).filter(address -> !address.isEmpty() && children.isEmpty())
                .map(address -> new WebFile(address, text(item, "filename")));
        Optional<String> manifest = Optional.of(text(item, "hcontent_file"))
                .filter(number -> webFile.isEmpty() && children.isEmpty() && ID.matcher(number).matches());
        Instant updated = Instant.ofEpochSecond(Math.max(0, Math.min(LATEST.getEpochSecond(), number(item, "time_updated"))));
        return new ItemDetails(id, app > MAX_APP_ID ? 0 : Math.max(0, app), cleaned(text(item, "title")), preview(text(item, "preview_url")),
                size == 0 ? -1 : size, manifest, webFile, updated, children);
    }

    private static Optional<MissingItem.Why> missing(JsonNode item) {
        long result = number(item, "result");
        long visibility = number(item, "visibility");
        if (result == 15 || result == 8 || visibility == 1 || visibility == 2) {
            return Optional.of(MissingItem.Why.PRIVATE);
        }
        if (result != 1) {
            return Optional.of(MissingItem.Why.NOT_FOUND);
        }
        return number(item, "banned") > 0 ? Optional.of(MissingItem.Why.BANNED) : Optional.empty();
    }

    /** Of one line, and cut between characters. */
    static String cleaned(String title) {
        String line = INVISIBLE.matcher(title).replaceAll(" ").replaceAll("\\s+", " ").strip();
        return line.codePointCount(0, line.length()) <= MOST_TITLE_CHARACTERS ? line
                : line.substring(0, line.offsetByCodePoints(0, MOST_TITLE_CHARACTERS - 1)) + "…";
    }

    static Optional<String> preview(String address) {
        try {
            URI uri = new URI(address);
            boolean good = "https".equals(uri.getScheme()) && uri.getHost() != null && IMAGE_HOST.matcher(uri.getHost()).matches()
                    && uri.getPort() < 0 && uri.getRawUserInfo() == null && address.length() <= LONGEST_ADDRESS
                    && address.chars().allMatch(c -> c < 128);
            return good ? Optional.of(address) : Optional.empty();
        } catch (java.net.URISyntaxException e) {
            return Optional.empty();
        }
    }

    private static String text(JsonNode node, String member) {
        JsonNode value = node.path(member);
        return value.isTextual() || value.isIntegralNumber() ? value.asText() : "";
    }

    /** -1 for whatever is no number that fits; a truth is 1. */
    private static long number(JsonNode node, String member) {
        if (node.path(member).isBoolean()) {
            return node.path(member).booleanValue() ? 1 : 0;
        }
        String digits = text(node, member);
        return digits.matches("[0-9]{1,18}") ? Long.parseLong(digits) : -1;
    }
}
