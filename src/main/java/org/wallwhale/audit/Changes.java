package org.wallwhale.audit;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.cfg.EnumFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.util.List;
import org.wallwhale.secret.Secret;

/**
 * What differs between two states of a thing, as JSON objects of those members alone. A member of type {@link Secret} is
 * {@code ***}.
 *
 * @param before null when there was nothing
 * @param after null when nothing is left
 */
record Changes(String before, String after) {
    private static final ObjectMapper JSON = JsonMapper.builder().addModule(new JavaTimeModule())
            .addModule(new SimpleModule().addSerializer(new Stars()))
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS).enable(EnumFeature.WRITE_ENUMS_TO_LOWERCASE).build();

    /** Each is a record, or null. */
    static Changes between(Record before, Record after) {
        ObjectNode old = before == null ? null : JSON.valueToTree(before);
        ObjectNode fresh = after == null ? null : JSON.valueToTree(after);
        if (old != null && fresh != null) {
            List<String> members = old.properties().stream().map(java.util.Map.Entry::getKey).toList();
            members.stream().filter(member -> old.get(member).equals(fresh.get(member))).forEach(member -> {
                old.remove(member);
                fresh.remove(member);
            });
        }
        return new Changes(text(old), text(fresh));
    }

    private static String text(JsonNode node) {
        try {
            return node == null ? null : JSON.writeValueAsString(node);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A tree of JSON can be written", e);
        }
    }

    private static final class Stars extends StdSerializer<Secret> {
        private static final long serialVersionUID = 1;

        Stars() {
            super(Secret.class);
        }

        @Override
        public void serialize(Secret secret, JsonGenerator out, SerializerProvider provider) throws IOException {
            out.writeString(secret.toString());
        }
    }
}
