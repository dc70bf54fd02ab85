package org.wallwhale.cli;

import java.util.Iterator;
import java.util.List;

/** What the shell offers behind an option that takes one of a few words. Which of them are taken is the server's to say. */
abstract class Choices implements Iterable<String> {
    private final List<String> words;

    private Choices(String... words) {
        this.words = List.of(words);
    }

    @Override
    public Iterator<String> iterator() {
        return words.iterator();
    }

    static final class OfRole extends Choices {
        OfRole() {
            super("user", "admin");
        }
    }

    static final class OfDownloads extends Choices {
        OfDownloads() {
            super("queued", "running", "success", "failed", "canceled");
        }
    }

    static final class OfAccounts extends Choices {
        OfAccounts() {
            super("active", "inactive", "banned");
        }
    }

    static final class OfKind extends Choices {
        OfKind() {
            super("live", "test");
        }
    }

    static final class OfFormat extends Choices {
        OfFormat() {
            super("ndjson", "csv");
        }
    }
}
