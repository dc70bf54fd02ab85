package org.wallwhale.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Whether values are as the schemas of a document have them. Stricter than JSON Schema: a member that the schema does not name is a
 * fault, because nobody could know of it. Of the keywords it heeds those that say which members there are and of which type.
 */
public final class Conformance {
    private final JsonNode document;

    public Conformance(JsonNode document) {
        this.document = document;
    }

    /** A sentence for each fault; {@code where} begins it. */
    public List<String> faults(JsonNode value, JsonNode schema, String where) {
        JsonNode told = schema.has("$ref") ? document.at(schema.get("$ref").textValue().substring(1)) : schema;
        if (told.has("anyOf")) {
            return value.isNull() ? List.of() : faults(value, told.at("/anyOf/0"), where);
        }
        List<String> faults = new ArrayList<>();
        if (types(told).noneMatch(type -> is(value, type))) {
            faults.add(where + " is " + value + " instead of " + told.get("type"));
        } else if (told.has("enum") && !contains(told.get("enum"), value)) {
            faults.add(where + " is " + value + ", which is none of " + told.get("enum"));
        } else if (value.isObject() && (told.has("properties") || told.path("additionalProperties").isObject())) {
            told.path("required").forEach(member -> {
                if (!value.has(member.textValue())) {
                    faults.add(where + " has no " + member.textValue());
                }
            });
            value.properties().forEach(member -> faults.addAll(member(told, member.getKey(), member.getValue(), where + "/" + member.getKey())));
        } else if (value.isArray()) {
            value.forEach(item -> faults.addAll(faults(item, told.get("items"), where + "/*")));
        }
        return faults;
    }

    private List<String> member(JsonNode schema, String name, JsonNode value, String where) {
        JsonNode known = schema.path("properties").has(name) ? schema.get("properties").get(name) : schema.path("additionalProperties");
        return known.isObject() ? faults(value, known, where) : List.of(where + " is not in the document");
    }

    private static Stream<String> types(JsonNode schema) {
        JsonNode type = schema.path("type");
        return type.isArray() ? Stream.iterate(0, i -> i < type.size(), i -> i + 1).map(i -> type.get(i).textValue()) : Stream.of(type.asText());
    }

    private static boolean contains(JsonNode words, JsonNode value) {
        for (JsonNode word : words) {
            if (word.equals(value)) {
                return true;
            }
        }
        return false;
    }

    private static boolean is(JsonNode value, String type) {
        return switch (type) {
            case "object" -> value.isObject();
            case "array" -> value.isArray();
            case "string" -> value.isTextual();
            case "integer" -> value.isIntegralNumber();
            case "number" -> value.isNumber();
            case "boolean" -> value.isBoolean();
            case "null" -> value.isNull();
            default -> true;
        };
    }
}
