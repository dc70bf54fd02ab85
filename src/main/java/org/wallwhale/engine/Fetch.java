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
 * @param home the private HOME of the account or slot, absolute; created with mode 0700; one process at a time may use it
 * @param target a private folder for this item alone, absolute; created if missing. The item's files lie below
 *     {@link #content()}; anything else that appears in it was written by an item that tried to leave its folder. An earlier
 *     interrupted run's files are resumed
 * @param webFile true when the item's public details name a {@code file_url}: only then does a web line count as success
 * @param maxRuntime from the start of the child to its forced end
 */
public record Fetch(Tool tool, long appId, String pubfileId, Optional<Login> login, Path home, Path target, boolean webFile,
        Duration maxRuntime) {
    /** DepotDownloader reads 4294967295 as "not given". */
    private static final long MAX_APP_ID = 4_294_967_294L;

    /** Refuses what must not reach an argument list; the rooms above check the same with sentences for people. */
    public Fetch {
        require(appId > 0 && appId <= MAX_APP_ID, "app id");
        require(pubfileId.matches("[1-9][0-9]{0,19}"), "published file id");
        require(login.isEmpty() || login.get().username().matches("[A-Za-z0-9_][A-Za-z0-9_.@+-]{0,63}"), "user name");
        require(login.isEmpty() || login.get().password().reveal().matches("[^\\p{Cntrl}]+"), "password");
        require(home.isAbsolute() && target.isAbsolute(), "folder");
    }

    /** Where the item's files lie, and the tool's notes, by which a further run goes on from them. */
    public Path content() {
        return content(target);
    }

    /** The same of any run with this target. */
    public static Path content(Path target) {
        return target.resolve("content");
    }

    private static void require(boolean legal, String what) {
        if (!legal) {
            throw new IllegalArgumentException("Not a legal " + what + ".");
        }
    }
}
