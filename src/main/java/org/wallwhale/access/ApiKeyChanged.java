package org.wallwhale.access;

import java.util.UUID;

/** An API key was revoked, or may do something else than before. */
public record ApiKeyChanged(UUID keyId) {
}
