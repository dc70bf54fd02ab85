package org.wallwhale.openapi;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.lang.reflect.RecordComponent;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** A record as it is on the wire. */
final class WireRecord {
    private static final Set<Class<?>> BOXES = Set.of(Integer.class, Long.class, Boolean.class, Double.class);

    private WireRecord() {
    }

    /**
     * A member.
     *
     * @param description empty for none
     */
    record Member(String description, boolean nullable) {
    }

    /** By name, in the order in which they are written; those of what is unwrapped stand in its place. */
    static Map<String, Member> members(Class<?> type, RecordDocs docs) {
        Map<String, Member> members = new LinkedHashMap<>();
        RecordDocs.Text text = docs.of(type);
        for (RecordComponent component : type.getRecordComponents()) {
            if (component.getAccessor().isAnnotationPresent(JsonUnwrapped.class)) {
                members.putAll(members(component.getType(), docs));
            } else if (!component.getAccessor().isAnnotationPresent(JsonIgnore.class)) {
                JsonProperty renamed = component.getAccessor().getAnnotation(JsonProperty.class);
                String told = text.of(component.getName()).orElse("");
                members.put(renamed == null ? component.getName() : renamed.value(),
                        new Member(told, BOXES.contains(component.getType()) || told.matches("(?i).*\\bnull\\b.*")));
            }
        }
        return members;
    }

}
