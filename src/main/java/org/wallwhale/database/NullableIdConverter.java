package org.wallwhale.database;

import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;
import java.util.UUID;

/** For references that may be null: EclipseLink 4.0.7's own mapping of UUID fails on them when it reads. */
@Converter
public class NullableIdConverter implements AttributeConverter<UUID, UUID> {
    @Override
    public UUID convertToDatabaseColumn(UUID id) {
        return id;
    }

    @Override
    public UUID convertToEntityAttribute(UUID stored) {
        return stored;
    }
}
