package org.wallwhale.store;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Content that is about to be sent.
 *
 * @param folders of several items: where the content of each lies, by the first segment of its files' paths
 * @param zipSha256 hexadecimal; empty until it was computed
 */
record Served(String pubfileId, Path root, Map<String, Path> folders, List<ContentFile> files, Optional<String> zipSha256) {
    /** Where a file lies. */
    Path locate(String path) {
        int slash = path.indexOf('/');
        return folders.isEmpty() ? root.resolve(path) : folders.get(path.substring(0, slash)).resolve(path.substring(slash + 1));
    }

}
