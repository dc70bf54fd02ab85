package org.wallwhale.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.constraints.NotNull;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.wallwhale.access.Scope;
import org.wallwhale.idempotency.Call;

/** What follows for an operation from the annotations of its method and from its kind. */
final class OperationRules {
    private static final String EVENTS = "text/event-stream";
    private static final Set<String> BINARY = Set.of("application/zip", "application/octet-stream");
    private static final String[] LIMITS = {"RateLimit-Policy", "RateLimit", "X-RateLimit-Limit", "X-RateLimit-Remaining", "X-RateLimit-Reset"};
    private static final String[] REPRESENTATION = {"ETag", "Accept-Ranges", "Content-Disposition", "Repr-Digest"};
    private final ObjectNode operation;
    private final String address;
    private final Method method;
    private final ObjectNode components;
    private final boolean known;
    private final boolean binary;

    /** {@code address} is such as {@code GET /downloads/{id}}. */
    OperationRules(ObjectNode operation, String address, Method method, ObjectNode components) {
        this.operation = operation;
        this.address = address;
        this.method = method;
        this.components = components;
        known = method.isAnnotationPresent(RolesAllowed.class);
        binary = address.matches("(GET|HEAD) .*(/zip|/\\{path})");
    }

    ObjectNode operation() {
        return operation;
    }

    String address() {
        return address;
    }

    void complete(ProblemResponses problems) {
        security();
        parameters();
        if (operation.has("requestBody")) {
            boolean needed = Arrays.stream(method.getParameters()).anyMatch(parameter -> parameter.isAnnotationPresent(NotNull.class));
            operation.withObjectProperty("requestBody").put("required", needed);
        }
        ObjectNode responses = operation.withObjectProperty("responses");
        responses.properties().forEach(response -> answer((ObjectNode) response.getValue(), response.getKey(), problems));
        if (binary) {
            ranges(responses);
        }
        problems().forEach(status -> {
            if (!responses.has(String.valueOf(status))) {
                problems.shared(status, responses);
            }
        });
        responses.putObject("default").put("$ref", "#/components/responses/Problem");
        inOrder(responses);
    }

    /**
     * The scopes are those of {@code @RolesAllowed}; none for any valid credential, and no requirement for an open operation. In words,
     * too: pages show scopes of OAuth alone.
     */
    private void security() {
        ArrayNode security = operation.putArray("security");
        List<String> scopes = known ? Arrays.stream(method.getAnnotation(RolesAllowed.class).value())
                .filter(role -> !role.equals(Scope.ANY)).toList() : List.of();
        if (known) {
            for (String scheme : List.of("token", "key", "cookie")) {
                scopes.forEach(security.addObject().putArray(scheme)::add);
            }
        }
        String needs = scopes.isEmpty() ? known ? "Needs any credential." : "Open to everybody."
                : "Needs the scope `" + String.join("` or `", scopes) + "`.";
        operation.put("description", operation.get("description").textValue() + "\n\n" + needs);
    }

    /** One of the frame's is what every parameter of its name is, besides those that are described at the method. */
    private void parameters() {
        ArrayNode parameters = operation.withArrayProperty("parameters");
        ObjectNode shared = components.withObjectProperty("parameters");
        for (int i = 0; i < parameters.size(); i++) {
            ObjectNode parameter = (ObjectNode) parameters.get(i);
            String name = parameter.get("name").textValue();
            if (!parameter.has("description")) {
                ObjectNode told = (ObjectNode) shared.required(name);
                told.put("name", name).put("in", parameter.get("in").textValue());
                if (parameter.path("required").asBoolean()) {
                    told.put("required", true);
                }
                JsonNode pattern = parameter.path("schema").path("pattern");
                if (pattern.isTextual()) {
                    told.withObjectProperty("schema").set("pattern", pattern);
                }
                parameters.set(i, reference(name));
            }
        }
        if (binary) {
            Stream.of("Range", "If-Range").filter(name -> address.startsWith("GET")).forEach(name -> parameters.add(reference(name)));
            parameters.add(reference("If-None-Match"));
        }
        if (parameters.isEmpty()) {
            operation.remove("parameters");
        }
    }

    private static ObjectNode reference(String parameter) {
        return JsonNodeFactory.instance.objectNode().put("$ref", "#/components/parameters/" + parameter);
    }

    private void answer(ObjectNode response, String status, ProblemResponses problems) {
        if (status.charAt(0) > '3') {
            problems.own(response, Integer.parseInt(status));
            return;
        }
        ObjectNode headers = response.withObjectProperty("headers");
        Headers.add(headers, "X-Request-Id");
        if (known) {
            Headers.add(headers, LIMITS);
        }
        if (has(Call.KEY)) {
            Headers.add(headers, "Idempotency-Replayed");
        }
        if (binary) {
            Headers.add(headers, REPRESENTATION);
        }
        JsonNode events = response.path("content").path(EVENTS);
        if (events.isObject()) {
            ObjectNode schema = events.get("schema").has("oneOf") ? (ObjectNode) events.get("schema") : null;
            ObjectNode text = ((ObjectNode) events).putObject("schema").put("type", "string");
            if (schema != null) {
                // what the data of each event is; OpenAPI 3.1 has no word for the items of a stream
                text.put("contentMediaType", "application/json").set("contentSchema", schema);
            }
        }
        response.path("content").properties().stream().filter(content -> BINARY.contains(content.getKey()))
                .forEach(content -> ((ObjectNode) content.getValue()).putObject("schema").put("type", "string").put("format", "binary"));
    }

    private void ranges(ObjectNode responses) {
        if (address.startsWith("GET")) {
            ObjectNode part = responses.withObjectProperty("200").deepCopy();
            part.put("description", "The range that was asked for");
            Headers.add(part.withObjectProperty("headers"), "Content-Range");
            responses.set("206", part);
        }
        ObjectNode same = responses.putObject("304").put("description", "It is what `If-None-Match` names").putObject("headers");
        Headers.add(same, "X-Request-Id", "ETag");
    }

    /** The statuses of refusals that follow from what the operation takes. */
    private Set<Integer> problems() {
        Set<Integer> statuses = new TreeSet<>(Set.of(400, 403, 406, 500, 503));
        if (known) {
            statuses.addAll(Set.of(401, 429));
        }
        if (address.contains("{")) {
            statuses.add(404);
        }
        if (operation.has("requestBody")) {
            statuses.addAll(Set.of(408, 413, 415));
        }
        if (has("If-Match")) {
            statuses.add(412);
        }
        if (has(Call.KEY)) {
            statuses.addAll(Set.of(409, 422));
        }
        if (binary && address.startsWith("GET")) {
            statuses.add(416);
        }
        return statuses;
    }

    private boolean has(String parameter) {
        return operation.path("parameters").findValuesAsText("$ref").contains("#/components/parameters/" + parameter);
    }

    private static void inOrder(ObjectNode responses) {
        TreeMap<String, JsonNode> sorted = new TreeMap<>();
        responses.properties().forEach(response -> sorted.put(response.getKey(), response.getValue()));
        responses.removeAll().setAll(sorted);
    }
}
