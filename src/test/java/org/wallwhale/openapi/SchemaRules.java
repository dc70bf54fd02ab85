package org.wallwhale.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * What follows for schemas from the records behind them: the order of members, what they mean, and which may be null. An answer
 * has all its members; in a request those that are not required may be null, which is as if they were left out.
 */
final class SchemaRules {
    private static final String NOT_BLANK = "\\S";
    private static final String PREFIX = "#/components/schemas/";
    private final ObjectNode document;
    private final ObjectNode schemas;
    private final RecordDocs docs = new RecordDocs();

    SchemaRules(ObjectNode document) {
        this.document = document;
        schemas = (ObjectNode) document.at("/components/schemas");
    }

    void complete() throws IOException {
        mergeEqual();
        schemas.remove(List.of("UUID", "Secret"));
        schemas.findValues("enum").forEach(words -> lowerCase((ArrayNode) words));
        simplify(document);
        Set<String> sent = new TreeSet<>();
        document.get("paths").findValues("requestBody").forEach(body -> collect(body, sent));
        List<Class<?>> records = records();
        for (Map.Entry<String, JsonNode> schema : schemas.properties()) {
            if (schema.getValue().has("properties") && !schema.getKey().equals("Problem")) {
                describe(schema.getKey(), (ObjectNode) schema.getValue(), records, sent.contains(schema.getKey()));
            }
        }
    }

    /** Records of one name get numbers: nothing tells equal ones apart, and others need a name of their own. */
    private void mergeEqual() {
        List<String> numbered = new ArrayList<>();
        schemas.fieldNames().forEachRemaining(name -> {
            if (name.matches(".*\\D\\d+")) {
                numbered.add(name);
            }
        });
        for (String name : numbered) {
            String first = name.replaceAll("\\d+$", "");
            if (!schemas.get(name).equals(schemas.get(first))) {
                throw new IllegalStateException("Two schemas are called " + first + ": give one of the records another @Schema(name)");
            }
            schemas.remove(name);
            document.findParents("$ref").stream().filter(parent -> parent.get("$ref").textValue().equals(PREFIX + name))
                    .forEach(parent -> ((ObjectNode) parent).put("$ref", PREFIX + first));
        }
    }

    /** As {@code Json} writes them. */
    private static void lowerCase(ArrayNode words) {
        for (int i = 0; i < words.size(); i++) {
            words.set(i, words.get(i).textValue().toLowerCase(Locale.ROOT));
        }
    }

    private static void simplify(JsonNode node) {
        if (node instanceof ObjectNode object) {
            switch (object.path("$ref").asText()) {
                case PREFIX + "UUID" -> object.removeAll().put("type", "string").put("format", "uuid");
                case PREFIX + "Secret" -> object.removeAll().put("type", "string").put("format", "password");
                default -> { }
            }
            if (object.path("format").asText().equals("uuid")) {
                object.remove("pattern");
            }
            if (object.path("format").asText().equals("date-time")) {
                object.remove("examples");
            }
            String pattern = object.path("pattern").asText();
            if (!pattern.isEmpty() && !pattern.equals(NOT_BLANK) && !pattern.startsWith("^")) {
                // Bean Validation matches the whole text, JSON Schema a part of it
                object.put("pattern", "^(?:" + pattern + ")$");
            }
        }
        node.forEach(SchemaRules::simplify);
    }

    private void collect(JsonNode node, Set<String> names) {
        for (String reference : node.findValuesAsText("$ref")) {
            String name = reference.substring(reference.lastIndexOf('/') + 1);
            if (names.add(name)) {
                collect(schemas.path(name), names);
            }
        }
    }

    private static List<Class<?>> records() throws IOException {
        List<Class<?>> records = new ArrayList<>();
        for (java.nio.file.Path file : Resources.classFiles()) {
            Class<?> type = Resources.load(file);
            if (type.isRecord()) {
                records.add(type);
            }
        }
        return records;
    }

    private void describe(String name, ObjectNode schema, List<Class<?>> records, boolean sent) {
        ObjectNode scanned = (ObjectNode) schema.get("properties");
        Set<String> names = new HashSet<>();
        scanned.fieldNames().forEachRemaining(names::add);
        Class<?> type = records.stream().filter(candidate -> name(candidate).equals(name))
                .filter(candidate -> WireRecord.members(candidate, docs).keySet().equals(names)).findFirst()
                .orElseThrow(() -> new IllegalStateException("No record has the members of the schema " + name + ": " + names));
        schema.put("description", docs.of(type).description());
        ObjectNode ordered = JsonNodeFactory.instance.objectNode();
        Set<String> required = new TreeSet<>(sent ? texts(schema.path("required")) : names);
        WireRecord.members(type, docs).forEach((member, told) -> {
            ObjectNode property = (ObjectNode) scanned.get(member);
            if (sent ? !required.contains(member) : told.nullable()) {
                allowNull(property);
            }
            if (!told.description().isEmpty()) {
                property.put("description", told.description());
            }
            ordered.set(member, property);
        });
        schema.remove("required");
        if (!required.isEmpty()) {
            ordered.fieldNames().forEachRemaining(member -> {
                if (required.contains(member)) {
                    schema.withArrayProperty("required").add(member);
                }
            });
        }
        schema.remove("properties");
        schema.set("properties", ordered);
    }

    private static String name(Class<?> type) {
        Schema told = type.getAnnotation(Schema.class);
        return told == null || told.name().isEmpty() ? type.getSimpleName() : told.name();
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(text -> texts.add(text.textValue()));
        return texts;
    }

    private static void allowNull(ObjectNode property) {
        if (property.has("$ref")) {
            ObjectNode reference = property.deepCopy();
            property.removeAll().putArray("anyOf").add(reference).addObject().put("type", "null");
        } else if (property.path("type").isTextual()) {
            String type = property.get("type").textValue();
            property.putArray("type").add(type).add("null");
        }
    }

    /** A patch is of what the same address takes as a whole, or of what its own annotation names where none is taken so. */
    void completeBody(OperationRules rules) {
        if (!rules.address().startsWith("PATCH ")) {
            return;
        }
        JsonNode put = document.get("paths").get(rules.address().substring("PATCH ".length())).get("put");
        String whole = (put == null ? rules.operation() : put).at("/requestBody/content/application~1json/schema/$ref").textValue().substring(PREFIX.length());
        ObjectNode patch = schemas.get(whole).deepCopy();
        patch.put("description", "A JSON merge patch (RFC 7396): members that are left out stay as they are");
        patch.remove("required");
        patch.get("properties").forEach(property -> {
            if (property.path("type").isTextual() || property.has("$ref")) {
                allowNull((ObjectNode) property);
            }
        });
        schemas.set(whole + "Patch", patch);
        rules.operation().at("/requestBody/content").forEach(content ->
                ((ObjectNode) content).putObject("schema").put("$ref", PREFIX + whole + "Patch"));
    }

    void removeUnused() {
        for (String part : List.of("schemas", "examples")) {
            ObjectNode named = (ObjectNode) document.at("/components/" + part);
            int before;
            do {
                before = named.size();
                Set<String> used = new HashSet<>(document.findValuesAsText("$ref"));
                named.retain(texts(named, used, "#/components/" + part + "/"));
            } while (named.size() < before);
        }
    }

    private static List<String> texts(ObjectNode named, Set<String> used, String prefix) {
        List<String> kept = new ArrayList<>();
        named.fieldNames().forEachRemaining(name -> {
            if (used.contains(prefix + name)) {
                kept.add(name);
            }
        });
        return kept;
    }
}
