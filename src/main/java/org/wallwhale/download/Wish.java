package org.wallwhale.download;

import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import java.util.UUID;
import org.wallwhale.access.Caller;
import org.wallwhale.database.NullableIdConverter;

/** A checked wish: whose, which item, from where, and how. Only the API key may be another one at a retry, and the priority until it is finished. */
@Embeddable
class Wish {
    @Column(name = "user_id")
    private UUID userId;
    @Column(name = "api_key_id")
    @Convert(converter = NullableIdConverter.class)
    private UUID apiKeyId;
    @Column(name = "pubfile_id")
    private String pubfileId;
    @Column(name = "app_id")
    private long appId;
    @Enumerated(EnumType.STRING)
    private Source source;
    @Column(name = "account_name")
    private String accountName;
    @Column(name = "save_root")
    private String saveRoot;
    @Column(name = "export_folder")
    private String exportFolder;
    private int priority;

    Wish() {
    }

    Wish(UUID userId, UUID apiKeyId, String pubfileId, long appId, Source source, String accountName, String saveRoot,
            String exportFolder, int priority) {
        this.userId = userId;
        this.apiKeyId = apiKeyId;
        this.pubfileId = pubfileId;
        this.appId = appId;
        this.source = source;
        this.accountName = accountName;
        this.saveRoot = saveRoot;
        this.exportFolder = exportFolder;
        this.priority = priority;
    }

    /** Its owner's and every administrator's; with a key of kind test only what comes from the sandbox. */
    boolean isVisibleTo(Caller caller) {
        return (caller.mayReadAll() || userId.equals(caller.userId())) && (!caller.sandboxOnly() || source == Source.SANDBOX);
    }

    /** The key by which {@code caller} retries it: that of the first submit may be revoked by now. Null for none, and for somebody else's. */
    UUID keyOf(Caller caller) {
        return userId.equals(caller.userId()) ? caller.keyId().orElse(null) : null;
    }

    /** The same with another key, or none. */
    Wish with(UUID otherKeyId) {
        return new Wish(userId, otherKeyId, pubfileId, appId, source, accountName, saveRoot, exportFolder, priority);
    }

    Wish with(int otherPriority) {
        return new Wish(userId, apiKeyId, pubfileId, appId, source, accountName, saveRoot, exportFolder, otherPriority);
    }

    Wish of(String otherPubfileId) {
        return new Wish(userId, apiKeyId, otherPubfileId, appId, source, accountName, saveRoot, exportFolder, priority);
    }

    Wish withApp(long otherAppId) {
        return new Wish(userId, apiKeyId, pubfileId, otherAppId, source, accountName, saveRoot, exportFolder, priority);
    }

    UUID userId() {
        return userId;
    }

    /** Null for a person's. */
    UUID apiKeyId() {
        return apiKeyId;
    }

    String pubfileId() {
        return pubfileId;
    }

    long appId() {
        return appId;
    }

    Source source() {
        return source;
    }

    /** Null where the server chooses. */
    String accountName() {
        return accountName;
    }

    /** Null when nothing is exported. */
    String saveRoot() {
        return saveRoot;
    }

    /** Where the content is copied to below the export root; null when it is not. */
    String exportFolder() {
        return exportFolder;
    }

    int priority() {
        return priority;
    }
}
