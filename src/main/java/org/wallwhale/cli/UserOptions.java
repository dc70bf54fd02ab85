package org.wallwhale.cli;

import java.util.Map;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What users have besides their address. A command takes it in as a mixin. */
final class UserOptions {
    @Option(names = "--role", paramLabel = "ROLE", completionCandidates = Choices.OfRole.class, description = "user or admin.")
    private String role;
    @Option(names = "--password", description = "Choose the password: it is asked for.")
    private boolean chosen;
    @Option(names = "--storage-quota-bytes", paramLabel = "N", description = "Bytes that their finished downloads may keep; a number, or `default`.")
    private String storageQuotaBytes;
    @Mixin
    private PasswordSource password;
    @Mixin
    private LimitOptions limits;

    void addTo(Map<String, Object> body, Terminal terminal) {
        if (role != null) {
            body.put("role", role);
        }
        LimitOptions.put(body, "storageQuotaBytes", storageQuotaBytes);
        limits.addTo(body);
        if (chosen || password.isFile()) {
            body.put("password", password.readNew(terminal, "New password of the user").reveal());
        }
    }
}
