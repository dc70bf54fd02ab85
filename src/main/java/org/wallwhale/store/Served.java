package org.wallwhale.store;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Content that is about to be sent.
 *
 * @param zipSha256 hexadecimal; empty until it was computed
 */
record Served(String pubfileId, Path root, List<ContentFile> files, Optional<String> zipSha256) {
}
