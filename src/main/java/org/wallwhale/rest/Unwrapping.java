package org.wallwhale.rest;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.util.JsonParserDelegate;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.DeserializationConfig;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.deser.BeanDeserializerModifier;
import com.fasterxml.jackson.databind.deser.std.DelegatingDeserializer;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Records that have a part whose members stand among their own in JSON ({@link JsonUnwrapped}). Jackson before 3.1 takes every
 * unknown member for one of the part's and drops it without a word; with this one it is refused as everywhere.
 */
final class Unwrapping extends BeanDeserializerModifier {
    private static final long serialVersionUID = 1;

    /** Whether JSON has no member of this name, but what is in it. */
    static boolean isUnwrapped(Class<?> record, String component) {
        return record.isRecord() && Arrays.stream(record.getRecordComponents())
                .anyMatch(known -> known.getName().equals(component) && isUnwrapped(known));
    }

    private static boolean isUnwrapped(RecordComponent component) {
        return component.getAccessor().isAnnotationPresent(JsonUnwrapped.class);
    }

    private static Stream<String> members(Class<?> record) {
        return Arrays.stream(record.getRecordComponents())
                .flatMap(component -> isUnwrapped(component) ? members(component.getType()) : Stream.of(component.getName()));
    }

    @Override
    public JsonDeserializer<?> modifyDeserializer(DeserializationConfig config, BeanDescription type, JsonDeserializer<?> standard) {
        Class<?> record = type.getBeanClass();
        return record.isRecord() && Arrays.stream(record.getRecordComponents()).anyMatch(Unwrapping::isUnwrapped)
                ? new Strict(standard, members(record).collect(Collectors.toSet())) : standard;
    }

    private static final class Strict extends DelegatingDeserializer {
        private static final long serialVersionUID = 1;
        private final Set<String> known;

        Strict(JsonDeserializer<?> standard, Set<String> known) {
            super(standard);
            this.known = known;
        }

        @Override
        protected JsonDeserializer<?> newDelegatingInstance(JsonDeserializer<?> standard) {
            return new Strict(standard, known);
        }

        @Override
        public Object deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            JsonStreamContext object = parser.getParsingContext();
            return super.deserialize(new JsonParserDelegate(parser) {
                @Override
                public JsonToken nextToken() throws IOException {
                    JsonToken token = super.nextToken();
                    if (token == JsonToken.FIELD_NAME && getParsingContext() == object && !known.contains(currentName())) {
                        context.handleUnknownProperty(this, Strict.this, handledType(), currentName());
                    }
                    return token;
                }
            }, context);
        }
    }
}
