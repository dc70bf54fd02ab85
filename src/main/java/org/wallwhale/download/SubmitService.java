package org.wallwhale.download;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import org.wallwhale.access.Caller;
import org.wallwhale.access.Scope;
import org.wallwhale.audit.AuditService;
import org.wallwhale.database.ClockRepository;
import org.wallwhale.problem.Problem;
import org.wallwhale.quota.QuotaService;
import org.wallwhale.steam.AccountService;
import org.wallwhale.steam.SteamConfig;
import org.wallwhale.workshop.PubfileId;

/** Accepts downloads: what is accepted is durable before anybody is told. */
@ApplicationScoped
public class SubmitService {
    static final String SANDBOX = "sandbox";
    private DownloadRepository downloads;
    private DownloadService service;
    private StorageService storage;
    private QuotaService quota;
    private AuditService audit;
    private ClockRepository clock;
    private DownloadConfig config;
    private AccountService accounts;
    private boolean strictNames;

    SubmitService() {
    }

    @Inject
    SubmitService(DownloadRepository downloads, DownloadService service, StorageService storage, QuotaService quota, AuditService audit,
            ClockRepository clock, DownloadConfig config, AccountService accounts, SteamConfig steam) {
        this.downloads = downloads;
        this.service = service;
        this.storage = storage;
        this.quota = quota;
        this.audit = audit;
        this.clock = clock;
        this.config = config;
        this.accounts = accounts;
        this.strictNames = steam.strictNames();
    }

    /**
     * The new download, or the caller's live one of the same item, account and save root: repeating a submit is harmless and
     * counts once. TOO_MANY_REQUESTS when the caller has no download left today or this month, STORAGE_QUOTA when no storage.
     */
    @Transactional
    public DownloadView submit(SubmitDownload body, Caller caller) {
        Wish wish = wish(body, caller);
        return service.view(downloads.findLive(wish).orElseGet(() -> accept(wish, body, caller)));
    }

    /**
     * One line of many, in the caller's transaction, which a line that is refused must not end: so nothing that is called here may
     * be a transaction's boundary when it throws. {@code told} hears of the download, and whether it is a new one.
     */
    <T> T submitLine(SubmitDownload line, Caller caller, BiFunction<Download, Boolean, T> told) {
        Wish wish = wish(checked(line), caller);
        Optional<Download> live = downloads.findLive(wish);
        if (live.isPresent()) {
            return told.apply(live.get(), false);
        }
        storage.demandRoom(wish.userId());
        if (quota.chargeDownloads(caller.userId(), caller.keyId(), 1) == 0) {
            throw Problem.TOO_MANY_REQUESTS.because("No more downloads are accepted today or this month (UTC).");
        }
        return told.apply(accepted(wish, line, caller), true);
    }

    /** What a single submit has checked before it comes here. */
    private static SubmitDownload checked(SubmitDownload line) {
        if (line == null || line.urlOrId() == null || line.urlOrId().isBlank()) {
            throw Problem.INVALID.at("/urlOrId", "urlOrId is missing");
        }
        if (line.accountName() != null && line.accountName().length() > 100 || line.saveRoot() != null && line.saveRoot().length() > 500) {
            throw Problem.INVALID.because("accountName is longer than 100 characters, or saveRoot than 500");
        }
        if (line.priority() != null && Math.abs(line.priority()) > 100) {
            throw Problem.INVALID.at("/priority", "priority is not between -100 and 100");
        }
        return line;
    }

    private Download accept(Wish wish, SubmitDownload body, Caller caller) {
        storage.demandRoom(wish.userId());
        quota.chargeDownload(caller);
        return accepted(wish, body, caller);
    }

    private Download accepted(Wish wish, SubmitDownload body, Caller caller) {
        Instant now = clock.now();
        Download download = new Download(wish, body.startAt(), config.maxAttempts(), now);
        downloads.add(download);
        service.accepted(download, notes(wish, body, caller), now);
        audit.done(caller.actor(), "download.create", "downloads/" + download.id(), null, body, now);
        return download;
    }

    /** What the caller should know of what was made of the wish. */
    private static List<String> notes(Wish wish, SubmitDownload body, Caller caller) {
        List<String> notes = new ArrayList<>(List.of("Queued item " + wish.pubfileId() + "."));
        if (caller.sandboxOnly() && !SANDBOX.equals(body.accountName())) {
            notes.add("This key is of kind test: the sandbox is used.");
        } else if (body.accountName() != null && wish.accountName() == null) {
            notes.add("There is no account \"" + body.accountName() + "\": the server chooses by itself.");
        }
        if (body.saveRoot() != null && wish.saveRoot() == null) {
            notes.add("saveRoot is ignored: it needs the scope download:export and an export root on the server.");
        }
        return notes;
    }

    private Wish wish(SubmitDownload body, Caller caller) {
        boolean sandbox = caller.sandboxOnly() || SANDBOX.equals(body.accountName());
        if (sandbox && !config.isSandboxEnabled()) {
            throw Problem.UNPROCESSABLE.at("/accountName", "The sandbox is switched off on this server; set WALLWHALE_SANDBOX_ENABLED=true.");
        }
        boolean exports = body.saveRoot() != null && config.exportRoot().isPresent() && caller.scopes().contains(Scope.DOWNLOAD_EXPORT);
        String saveRoot = exports ? SaveRoot.parse(body.saveRoot()).value() : null;
        return new Wish(caller.userId(), caller.keyId().orElse(null), PubfileId.parse(body.urlOrId()).value(), config.appId(),
                sandbox ? Source.SANDBOX : Source.STEAM, sandbox ? SANDBOX : account(body.accountName(), caller).orElse(null),
                saveRoot, exports && !caller.mayWriteAll() ? caller.userId() + "/" + saveRoot : saveRoot, body.priority() == null ? 0 : body.priority());
    }

    /** Whoever may not use an account is told what those are who name one that is not there. */
    private Optional<String> account(String name, Caller caller) {
        Optional<String> usable = name == null ? Optional.empty() : accounts.usable(name, caller.userId());
        if (name != null && usable.isEmpty() && strictNames) {
            throw Problem.UNPROCESSABLE.at("/accountName", "There is no Steam account \"" + name + "\" that you may use.");
        }
        return usable;
    }
}
