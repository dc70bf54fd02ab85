package org.wallwhale.engine;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * One item to fetch, with everything the engine needs to know.
 *
 * @param tool what is started: the operator's DepotDownloader or the sandbox
 * @param appId the item's consumer app id, such as 431960
 * @param pubfileId the published file id, decimal digits only
 * @param login absent for an anonymous run
 * @param home the private HOME of the account or slot; created with mode 0700; one process at a time may use it
 * @param target the private folder that the content goes to; created if missing; an earlier interrupted run's files in it are
 *     resumed
 * @param webFile true when the item's public details name a {@code file_url}: only then does a web line count as success
 * @param maxRuntime from the start of the child to its forced end
 */
public record Fetch(Tool tool, long appId, String pubfileId, Optional<Login> login, Path home, Path target, boolean webFile,
        Duration maxRuntime) {
}
