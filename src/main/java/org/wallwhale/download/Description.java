package org.wallwhale.download;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;

/** What is known of a download's item, before it is fetched. */
@Embeddable
class Description {
    /** Never null: an embeddable of nothing but nulls is read as none. */
    @Enumerated(EnumType.STRING)
    private Kind kind = Kind.ITEM;
    private String title;
    @Column(name = "preview_url")
    private String previewUrl;
    @Column(name = "expected_bytes")
    private Long expectedBytes;

    Description() {
    }

    void becomeCollection() {
        kind = Kind.COLLECTION;
        expectedBytes = null;
    }

    void become(ItemFacts facts) {
        title = facts.title();
        previewUrl = facts.previewUrl().orElse(null);
        expectedBytes = facts.sizeBytes() < 0 ? null : facts.sizeBytes();
    }

    Kind kind() {
        return kind;
    }

    /** Null while unknown, as is the address of the picture. */
    String title() {
        return title;
    }

    String previewUrl() {
        return previewUrl;
    }
}
