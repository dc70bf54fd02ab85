package org.wallwhale.rest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.cfg.EnumFeature;
import com.fasterxml.jackson.databind.deser.std.JsonNodeDeserializer;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.deser.std.StringDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.type.LogicalType;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Iterator;
import java.util.OptionalInt;
import org.wallwhale.secret.Secret;

/**
 * The one JSON of the API: strict on input (no coercion, no unknown or duplicate member, no trailing text, no U+0000, which
 * PostgreSQL cannot store, no half of a surrogate pair, which cannot be written in UTF-8), and on output with null members
 * present, ISO 8601 times and lower-case enums.
 */
public final class Json {
    /** Shared and thread-safe. */
    public static final ObjectMapper MAPPER = mapper();

    private Json() {
    }

    private static ObjectMapper mapper() {
        // JSON between systems is UTF-8 (RFC 8259, section 8.1); a guessed UTF-16 would be read differently by what lies in between.
        return JsonMapper.builder(JsonFactory.builder().disable(JsonFactory.Feature.CHARSET_DETECTION).build())
                .addModule(new SimpleModule().addDeserializer(ObjectNode.class, new SoundObject()))
                .addModule(new JavaTimeModule())
                .addModule(new SimpleModule().addDeserializer(String.class, new SoundText())
                        .addDeserializer(Secret.class, new SecretText()).addDeserializer(Instant.class, new IsoTime())
                        .setDeserializerModifier(new Unwrapping()))
                .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
                .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                .enable(EnumFeature.WRITE_ENUMS_TO_LOWERCASE)
                .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
                .withCoercionConfig(LogicalType.Textual, text -> {
                    text.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail);
                    text.setCoercion(CoercionInputShape.Float, CoercionAction.Fail);
                    text.setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail);
                })
                .build();
    }

    private static final class SoundText extends StdScalarDeserializer<String> {
        private static final long serialVersionUID = 1;

        SoundText() {
            super(String.class);
        }

        @Override
        public String deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            String text = StringDeserializer.instance.deserialize(parser, context);
            demandSound(text, context);
            return text;
        }

        @Override
        public LogicalType logicalType() {
            return LogicalType.Textual;
        }
    }

    /** {@code text} may be null. */
    private static void demandSound(String text, DeserializationContext context) throws JsonMappingException {
        OptionalInt unfit = text == null ? OptionalInt.empty()
                : text.codePoints().filter(c -> c == 0 || Character.getType(c) == Character.SURROGATE).findFirst();
        if (unfit.isPresent()) {
            context.reportInputMismatch(String.class, "The character U+%04X is not allowed in text.", unfit.getAsInt());
        }
    }

    /** Whatever its members are, at any depth. */
    private static final class SoundObject extends StdDeserializer<ObjectNode> {
        private static final long serialVersionUID = 1;

        SoundObject() {
            super(ObjectNode.class);
        }

        @Override
        public ObjectNode deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            ObjectNode object = (ObjectNode) JsonNodeDeserializer.getDeserializer(ObjectNode.class).deserialize(parser, context);
            demandSound(object, context);
            return object;
        }

        private static void demandSound(JsonNode node, DeserializationContext context) throws JsonMappingException {
            Json.demandSound(node.textValue(), context);
            for (Iterator<String> names = node.fieldNames(); names.hasNext();) {
                Json.demandSound(names.next(), context);
            }
            for (JsonNode inner : node) {
                demandSound(inner, context);
            }
        }
    }

    private static final class SecretText extends StdScalarDeserializer<Secret> {
        private static final long serialVersionUID = 1;
        private static final SoundText TEXT = new SoundText();

        SecretText() {
            super(Secret.class);
        }

        @Override
        public Secret deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            return parser.hasToken(JsonToken.VALUE_STRING) ? Secret.of(TEXT.deserialize(parser, context))
                    : (Secret) context.handleUnexpectedToken(String.class, parser);
        }
    }

    /** ISO 8601 text only, no numbers; and no year that a database cannot hold. */
    private static final class IsoTime extends StdScalarDeserializer<Instant> {
        private static final long serialVersionUID = 1;
        private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
        private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999Z");

        IsoTime() {
            super(Instant.class);
        }

        @Override
        public Instant deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            if (!parser.hasToken(JsonToken.VALUE_STRING)) {
                return (Instant) context.handleUnexpectedToken(Instant.class, parser);
            }
            try {
                Instant time = Instant.parse(parser.getText());
                if (!time.isBefore(FIRST) && !time.isAfter(LAST)) {
                    return time;
                }
            } catch (DateTimeParseException e) {
                // told below, together with times out of range
            }
            return (Instant) context.handleWeirdStringValue(Instant.class, parser.getText(), "no time");
        }
    }
}
