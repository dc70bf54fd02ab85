package org.wallwhale.store;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.util.Objects;
import java.util.UUID;

/** One file of a content, in the order of the zip. */
@Entity
@Table(name = "content_files")
@IdClass(StoredFile.Key.class)
class StoredFile {
    @Id
    @Column(name = "content_id")
    private UUID contentId;
    @Id
    private int position;
    private String path;
    @Column(name = "size_bytes")
    private long sizeBytes;
    private long crc32;
    private String sha256;

    StoredFile() {
    }

    StoredFile(UUID contentId, int position, ContentFile file) {
        this.contentId = contentId;
        this.position = position;
        this.path = file.path();
        this.sizeBytes = file.sizeBytes();
        this.crc32 = file.crc32();
        this.sha256 = file.sha256();
    }

    UUID contentId() {
        return contentId;
    }

    ContentFile file() {
        return new ContentFile(path, sizeBytes, crc32, sha256);
    }

    /** The composite key, as JPA wants it. */
    static class Key implements Serializable {
        private static final long serialVersionUID = 1;
        private UUID contentId;
        private int position;

        Key() {
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Key key && position == key.position && Objects.equals(contentId, key.contentId);
        }

        @Override
        public int hashCode() {
            return Objects.hash(contentId, position);
        }
    }
}
