package org.wallwhale.steam;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import java.util.UUID;
import org.wallwhale.config.DataFolder;
import org.wallwhale.engine.Reason;

/**
 * The accounts' private HOMEs below the data folder, with the sessions that DepotDownloader saves there in .NET's isolated storage
 * (seen in 2.3 to 3.4). Only who has the account's seat may touch one.
 */
@ApplicationScoped
public class Homes {
    private static final String KEPT = ".session-kept";
    private DataFolder folder;

    Homes() {
    }

    @Inject
    public Homes(DataFolder folder) {
        this.folder = folder;
    }

    /** Made if it is missing, with mode 0700. */
    public Path of(UUID account) {
        return folder.folder("homes", "account-" + account);
    }

    /** What a run with this account says of its saved session; {@code reason} is empty where it fetched its item. */
    public void learn(UUID account, Optional<Reason> reason) {
        if (reason.isEmpty()) {
            keepSession(account);
        } else if (reason.get() == Reason.SESSION_EXPIRED) {
            dropSession(account);
        } else if (reason.get() == Reason.TOOL_CRASHED) {
            restoreSession(account);
        }
    }

    /** Steam does not accept the saved session any longer. */
    void dropSession(UUID account) {
        try {
            DataFolder.deleteTree(session(account));
            DataFolder.deleteTree(of(account).resolve(KEPT));
        } catch (IOException e) {
            throw new UncheckedIOException("A saved session of Steam could not be deleted", e);
        }
    }

    /** The session is good: keeps a copy of it. */
    void keepSession(UUID account) {
        if (Files.isDirectory(session(account))) {
            replace(session(account), of(account).resolve(KEPT));
        }
    }

    /** The tool may have been killed in the middle of writing it: brings the copy back, or no session where there is none. */
    void restoreSession(UUID account) {
        Path kept = of(account).resolve(KEPT);
        try {
            DataFolder.deleteTree(session(account));
            if (Files.isDirectory(kept)) {
                copy(kept, session(account));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("A saved session of Steam could not be restored", e);
        }
    }

    /** Of an account that is gone. */
    void delete(UUID account) {
        try {
            DataFolder.deleteTree(of(account));
        } catch (IOException e) {
            throw new UncheckedIOException("The home of a Steam account could not be deleted", e);
        }
    }

    private Path session(UUID account) {
        return of(account).resolve(".local/share/IsolatedStorage");
    }

    private static void replace(Path from, Path to) {
        Path aside = to.resolveSibling(to.getFileName() + ".new");
        try {
            DataFolder.deleteTree(aside);
            copy(from, aside);
            DataFolder.deleteTree(to);
            Files.move(aside, to);
        } catch (IOException e) {
            throw new UncheckedIOException("A saved session of Steam could not be copied", e);
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to.getParent());
        Files.walkFileTree(from, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
                Files.createDirectories(to.resolve(from.relativize(folder).toString()));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                if (attributes.isRegularFile()) {
                    Files.copy(file, to.resolve(from.relativize(file).toString()));
                }
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
