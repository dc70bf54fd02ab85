package org.wallwhale;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.wallwhale.Api.Answer;
import org.wallwhale.access.Scope;

/**
 * An operation as the server's OpenAPI document has it.
 *
 * @param scopes any of them will do, {@code **} is any valid credential; empty for an open one
 * @param body the least that its schema demands; null for none
 */
public record Operation(String method, String path, Set<String> scopes, boolean stream, ObjectNode body) {
    private static final Map<String, String> SAMPLES = Map.of("urlOrId", "3000000000", "scopes", "download:read",
            "email", "nobody@example.org", "role", "user", "kind", "live");

    public static List<Operation> all() {
        JsonNode document = Api.anonymous().get("/openapi").json();
        List<Operation> operations = new ArrayList<>();
        document.get("paths").properties().forEach(path -> path.getValue().properties().forEach(operation ->
                operations.add(of(operation.getKey().toUpperCase(Locale.ROOT), path.getKey(), operation.getValue(), document))));
        return operations;
    }

    private static Operation of(String method, String path, JsonNode operation, JsonNode document) {
        Set<String> scopes = new TreeSet<>();
        JsonNode security = operation.get("security");
        security.path(0).path("token").forEach(scope -> scopes.add(scope.textValue()));
        if (scopes.isEmpty() && !security.isEmpty()) {
            scopes.add(Scope.ANY);
        }
        JsonNode body = operation.path("requestBody").path("content").path("application/json").path("schema");
        return new Operation(method, "/api/v1" + path, scopes, operation.toString().contains("text/event-stream"),
                body.isMissingNode() ? null : least(resolved(body, document), document));
    }

    private static JsonNode resolved(JsonNode schema, JsonNode document) {
        return schema.has("$ref") ? document.at(schema.get("$ref").textValue().substring(1)) : schema;
    }

    /** Of a value that is there, where null is allowed too. */
    public static String type(JsonNode schema) {
        return schema.path("type").isArray() ? schema.at("/type/0").textValue() : schema.path("type").asText("string");
    }

    private static ObjectNode least(JsonNode schema, JsonNode document) {
        ObjectNode body = Api.object();
        for (JsonNode name : schema.path("required")) {
            String member = name.textValue();
            JsonNode type = resolved(schema.get("properties").get(member), document);
            switch (type(type)) {
                case "array" -> body.putArray(member).add(SAMPLES.getOrDefault(member, "x"));
                case "integer" -> body.put(member, type.path("minimum").asInt(1));
                case "boolean" -> body.put(member, true);
                case "object" -> body.putObject(member);
                default -> body.put(member, SAMPLES.getOrDefault(member, "a text that is long enough"));
            }
        }
        return body;
    }

    public boolean open() {
        return scopes.isEmpty();
    }

    /** Whether it is about one object, rather than about whatever the caller has. */
    public boolean ofAnObject() {
        return path.contains("{");
    }

    /** Whether it does nothing and ends, when the object is unknown and the body an empty object. */
    public boolean isHarmless() {
        return ofAnObject() || body != null && !body.isEmpty() || method.equals("GET") && !stream;
    }

    public boolean of(String scope) {
        return scopes.contains(scope);
    }

    /** With the ids of {@code objects}, by the beginning of the address; a random id where none is known. */
    public String address(Map<String, String> objects) {
        String id = objects.entrySet().stream().filter(known -> path.startsWith(known.getKey())).map(Map.Entry::getValue).findFirst()
                .orElseGet(() -> UUID.randomUUID().toString());
        return path.replace("{path}", objects.getOrDefault("{path}", "nothing")).replaceAll("\\{\\w+}", id);
    }

    public Answer send(Api caller, String address) {
        return send(caller, address, body);
    }

    public Answer send(Api caller, String address, ObjectNode sent) {
        BodyPublisher publisher = sent == null ? BodyPublishers.noBody() : BodyPublishers.ofString(sent.toString());
        return sent == null ? caller.send(method, address, publisher)
                : caller.send(method, address, publisher, "Content-Type", "application/json");
    }

    @Override
    public String toString() {
        return method + " " + path;
    }
}
