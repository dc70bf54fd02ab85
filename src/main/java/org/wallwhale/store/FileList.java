package org.wallwhale.store;

import java.util.List;

/** The files of a download's content, in the order of the zip. */
public record FileList(List<FileView> files, long sizeBytes) {
    /**
     * One file.
     *
     * @param sha256 hexadecimal
     */
    public record FileView(String path, long sizeBytes, String sha256) {
    }

    static FileList of(List<ContentFile> files) {
        return new FileList(files.stream().map(file -> new FileView(file.path(), file.sizeBytes(), file.sha256())).toList(),
                files.stream().mapToLong(ContentFile::sizeBytes).sum());
    }
}
