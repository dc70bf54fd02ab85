package org.wallwhale.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/**
 * What each body looks like, by the name of its schema, or by the operation and media type of one that is text. In
 * {@code examples.json}, {@code {"$example": "X"}} stands for the example of X.
 */
final class Examples {
    private final ObjectNode written;
    private final ObjectNode components;

    Examples(ObjectNode written, ObjectNode components) {
        this.written = written;
        this.components = components;
    }

    void addTo(OperationRules rules) {
        ObjectNode operation = rules.operation();
        String id = operation.get("operationId").textValue();
        operation.at("/requestBody/content").properties().forEach(content -> add((ObjectNode) content.getValue(), id, content.getKey()));
        operation.get("responses").properties().stream().filter(response -> response.getKey().startsWith("2"))
                .forEach(response -> response.getValue().path("content").properties()
                        .forEach(content -> add((ObjectNode) content.getValue(), id, content.getKey())));
    }

    private void add(ObjectNode content, String operationId, String mediaType) {
        String reference = content.at("/schema/$ref").asText();
        if (!reference.isEmpty()) {
            String name = reference.substring(reference.lastIndexOf('/') + 1);
            components.withObjectProperty("examples").putObject(name).set("value", whole(of(name)));
            content.putObject("examples").putObject(name).put("$ref", "#/components/examples/" + name);
        } else if (!content.at("/schema/format").asText().equals("binary")) {
            content.set("example", of(operationId + " " + mediaType));
        }
    }

    private JsonNode of(String name) {
        JsonNode example = written.get(name);
        if (example == null) {
            throw new IllegalStateException("examples.json has nothing for " + name);
        }
        return example;
    }

    private JsonNode whole(JsonNode example) {
        if (example.has("$example")) {
            return whole(of(example.get("$example").textValue()));
        }
        JsonNode copy = example.deepCopy();
        if (copy instanceof ObjectNode object) {
            for (Map.Entry<String, JsonNode> member : object.properties()) {
                member.setValue(whole(member.getValue()));
            }
        } else if (copy instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                array.set(i, whole(array.get(i)));
            }
        }
        return copy;
    }
}
