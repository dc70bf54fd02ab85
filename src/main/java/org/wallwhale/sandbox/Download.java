package org.wallwhale.sandbox;

import java.io.IOException;
import java.nio.file.InvalidPathException;

/** Everything after the command line: the login, then whatever kind of item it is. */
final class Download {
    private final Stage stage;
    private final FileList fileList;
    private final Session session;

    Download(Stage stage, AccountStore store) {
        this.stage = stage;
        this.fileList = FileList.read(stage);
        this.session = new Session(stage, store);
    }

    /** Returns the exit status of a run that came to its end. */
    int run() {
        session.login();
        try {
            int status = fetch();
            stage.console().line("Disconnected from Steam");
            return status;
        } catch (IOException failure) {
            throw told(Unhandled.of(failure));
        } catch (InvalidPathException badName) {
            throw told(new Unhandled("System.ArgumentException", badName.getMessage()));
        } catch (Unhandled failure) {
            throw told(failure);
        }
    }

    private int fetch() throws IOException {
        Options options = stage.options();
        if (options.item() == Options.NO_ID) {
            stage.console().line("App ", options.app(), " () is not available from this account.");
            return 1;
        }
        if (options.maxDownloads() < 1) {
            throw new Unhandled("System.ArgumentOutOfRangeException",
                    "Specified argument was out of the range of valid values. (Parameter 'maxCount')");
        }
        String item = Long.toUnsignedString(options.item());
        if (options.pubfile() == Options.NO_ID && session.isAnonymous()) {
            stage.console().line("Unable to query UGC details for ", item, " from an anonymous account");
        }
        return switch (stage.script().scenario()) {
            case ITEM_MISSING -> {
                stage.console().line("Unable to locate manifest ID for published file ", item);
                yield 0;
            }
            case ITEM_DENIED -> throw new Unhandled("System.Exception",
                    Console.joined("EResult 15 (AccessDenied) while retrieving file details for pubfile ", item, ".").toString());
            case OK_WEB, COLLECTION_340, STALL_WEB, TRAVERSAL, NOT_WRITABLE_WEB -> new WebFile(stage).download();
            default -> new Depot(stage, session, fileList).download();
        };
    }

    private Unhandled told(Unhandled failure) {
        stage.console().line("Download failed to due to an unhandled exception: ", failure.getMessage());
        stage.console().line("Disconnected from Steam");
        return failure;
    }
}
