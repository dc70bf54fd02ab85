package org.wallwhale.rest;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.ConstraintViolationException;
import jakarta.validation.Validator;
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A JSON merge patch (RFC 7396): members that are named are replaced, by null too; all others stay. */
@Schema(type = SchemaType.OBJECT, additionalProperties = Schema.True.class)
public record MergePatch(@Schema(hidden = true) ObjectNode members) {
    public static final String MEDIA_TYPE = "application/merge-patch+json";

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public MergePatch {
    }

    /** {@code current} as patched. MALFORMED or INVALID, naming the member, when the outcome is not as it should be. */
    @SuppressWarnings("unchecked")
    public <T extends Record> T applyTo(T current, Validator validator) {
        ObjectNode target = Json.MAPPER.valueToTree(current);
        merge(target, members);
        try {
            T patched = (T) Json.MAPPER.treeToValue(target, current.getClass());
            Set<ConstraintViolation<T>> violations = validator.validate(patched);
            if (!violations.isEmpty()) {
                throw new ConstraintViolationException(violations);
            }
            return patched;
        } catch (JsonProcessingException e) {
            throw JsonProvider.malformed(e);
        }
    }

    /** Without values: one may be a password. */
    @Override
    public String toString() {
        return "MergePatch" + members.properties().stream().map(Map.Entry::getKey).toList();
    }

    private static void merge(ObjectNode target, ObjectNode patch) {
        patch.properties().forEach(member -> {
            JsonNode value = member.getValue();
            if (value instanceof ObjectNode inner && target.get(member.getKey()) instanceof ObjectNode known) {
                merge(known, inner);
            } else {
                target.set(member.getKey(), value);
            }
        });
    }
}
