package org.wallwhale.download;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.Optional;
import java.util.UUID;
import org.wallwhale.access.Caller;
import org.wallwhale.problem.Problem;
import org.wallwhale.secret.Secret;
import org.wallwhale.steam.AccountService;
import org.wallwhale.steam.PromptService;

/** Takes a person's answer to what Steam Guard asks a running download. */
@ApplicationScoped
public class GuardService {
    private DownloadRepository downloads;
    private AccountService accounts;
    private PromptService prompts;
    private DownloadViews views;

    GuardService() {
    }

    @Inject
    GuardService(DownloadRepository downloads, AccountService accounts, PromptService prompts, DownloadViews views) {
        this.downloads = downloads;
        this.accounts = accounts;
        this.prompts = prompts;
        this.views = views;
    }

    /**
     * Whoever may answer is an administrator, the owner of the Steam account, or, in the sandbox, of the download. NOT_FOUND for
     * others who may not see it, FORBIDDEN for those who may; CONFLICT where nothing is asked.
     */
    @Transactional
    public DownloadView answer(UUID id, Secret code, Caller caller) {
        Download download = downloads.find(id).orElseThrow(GuardService::unknown);
        boolean ownsAccount = !caller.sandboxOnly() && accountOwner(download).filter(caller.userId()::equals).isPresent();
        if (!ownsAccount && !download.wish().isVisibleTo(caller)) {
            throw unknown();
        }
        boolean own = download.wish().source() == Source.SANDBOX && download.wish().userId().equals(caller.userId());
        if (!caller.mayWriteAll() && !ownsAccount && !own) {
            throw Problem.FORBIDDEN.because("Steam Guard is answered by the owner of the Steam account, or with the scope admin:write.");
        }
        prompts.answer(id, "downloads/" + id, code, caller);
        return views.of(download);
    }

    private Optional<UUID> accountOwner(Download download) {
        return Optional.ofNullable(download.seating().seatId()).filter(seat -> download.status() == Status.RUNNING)
                .flatMap(accounts::ownerOf);
    }

    private static RuntimeException unknown() {
        return Problem.NOT_FOUND.because("There is no download with this id.");
    }
}
