package org.wallwhale.access;

import java.util.List;

/** All API keys, newest first. */
public record ApiKeyList(List<ApiKeyView> apiKeys) {
}
