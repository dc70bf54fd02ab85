package org.wallwhale.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.wallwhale.Api;
import org.wallwhale.Api.Answer;
import org.wallwhale.HttpTest;
import org.wallwhale.Operation;

/** Every member of every body of the OpenAPI document with every kind of value that it must not have. */
class ValidationIT extends HttpTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static Api caller;
    private static JsonNode document;

    /** A key of its own, so that these calls use up nobody else's limit. */
    @BeforeAll
    static void makeKey() {
        caller = Api.withKey(Api.administrator().post("/api/v1/admin/api-keys",
                "{\"name\":\"k\",\"scopes\":[\"admin:*\",\"download:*\"],\"rateLimit\":1000000}").json().get("key").textValue());
        document = Api.anonymous().get("/openapi").json();
    }

    @Test
    void aMemberOfAnotherKindIsRefused() {
        SoftAssertions.assertSoftly(softly -> writing().forEach(operation -> schema(operation).get("properties").properties().forEach(member -> {
            for (JsonNode wrong : otherThan(member.getValue())) {
                ObjectNode body = operation.body().deepCopy();
                body.set(member.getKey(), wrong);
                demandRefused(softly, operation, body);
            }
        })));
    }

    @Test
    void aMemberThatIsNeededAndMissingOrNullIsRefused() {
        SoftAssertions.assertSoftly(softly -> writing().forEach(operation -> operation.body().fieldNames().forEachRemaining(member -> {
            demandRefused(softly, operation, operation.body().deepCopy().without(List.of(member)));
            demandRefused(softly, operation, operation.body().deepCopy().putNull(member));
        })));
    }

    @Test
    void aMemberBeyondItsBoundsIsRefused() {
        SoftAssertions.assertSoftly(softly -> writing().forEach(operation -> schema(operation).get("properties").properties().forEach(member -> {
            for (JsonNode beyond : beyond(member.getValue())) {
                ObjectNode body = operation.body().deepCopy();
                body.set(member.getKey(), beyond);
                demandRefused(softly, operation, body);
            }
        })));
    }

    private static void demandRefused(SoftAssertions softly, Operation operation, ObjectNode body) {
        Answer answer = operation.send(caller, operation.address(Map.of()), body);
        softly.assertThat(answer.status()).as(operation + " " + body + ": " + answer.text()).isIn(400, 422);
        softly.assertThat(answer.json().get("message").textValue()).as(operation + " " + body).isNotBlank();
    }

    /** Those with a body that stands for itself; a patch is judged with what it is applied to. */
    private static Stream<Operation> writing() {
        return Operation.all().stream().filter(operation -> operation.body() != null && !operation.method().equals("PATCH"));
    }

    private static JsonNode schema(Operation operation) {
        return resolved(document.at("/paths").get(operation.path().substring("/api/v1".length()))
                .get(operation.method().toLowerCase(Locale.ROOT)).at("/requestBody/content/application~1json/schema"));
    }

    private static JsonNode resolved(JsonNode schema) {
        JsonNode some = schema.has("anyOf") ? schema.at("/anyOf/0") : schema;
        return some.has("$ref") ? document.at(some.get("$ref").textValue().substring(1)) : some;
    }

    private static List<JsonNode> otherThan(JsonNode member) {
        String type = Operation.type(resolved(member));
        List<JsonNode> wrong = new ArrayList<>();
        Map.of("string", "\"a text\"", "integer", "7", "number", "1.5", "boolean", "true", "array", "[[]]", "object", "{\"a\":1}")
                .forEach((kind, value) -> {
                    if (!kind.equals(type)) {
                        wrong.add(json(value));
                    }
                });
        return wrong;
    }

    private static List<JsonNode> beyond(JsonNode member) {
        JsonNode schema = resolved(member);
        List<JsonNode> beyond = new ArrayList<>();
        if (schema.has("minimum")) {
            beyond.add(json(String.valueOf(schema.get("minimum").longValue() - 1)));
        }
        if (schema.has("maximum")) {
            beyond.add(json(String.valueOf(schema.get("maximum").longValue() + 1)));
        }
        if (schema.has("maxLength")) {
            beyond.add(json("\"" + "a".repeat(schema.get("maxLength").intValue() + 1) + "\""));
        }
        if (schema.has("maxItems")) {
            beyond.add(json("[" + "\"192.0.2.1\",".repeat(schema.get("maxItems").intValue()) + "\"192.0.2.1\"]"));
        }
        return beyond;
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }
}
