package org.wallwhale.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import picocli.CommandLine.Option;

/** What Steam accounts have besides their name and password. A command takes it in as a mixin. */
final class AccountOptions {
    @Option(names = "--display-name", paramLabel = "TEXT", description = "What people call it.")
    private String displayName;
    @Option(names = "--status", paramLabel = "STATUS", completionCandidates = Choices.OfAccounts.class, description = "active, inactive or banned.")
    private String status;
    @Option(names = "--owner", paramLabel = "ADDRESS|ID", description = "The user who alone may use it; everybody for all.")
    private String owner;
    @Option(names = "--shared-secret-file", paramLabel = "FILE", description = "A file (mode 600) with the Base64 of the authenticator's secret: "
            + "the server then computes its Steam Guard codes.")
    private Path sharedSecretFile;

    void addTo(Map<String, Object> body, ServerClient server) {
        if (displayName != null) {
            body.put("displayName", displayName);
        }
        if (status != null) {
            body.put("status", status);
        }
        if (owner != null) {
            body.put("ownerId", owner.equals("everybody") ? null : Named.user(server, owner).body().path("id").asText());
        }
        if (sharedSecretFile != null) {
            body.put("sharedSecret", sharedSecret());
        }
    }

    private String sharedSecret() {
        try {
            if (Files.exists(sharedSecretFile)) {
                LoginFile.demandPrivate(sharedSecretFile);
            }
            return Files.readString(sharedSecretFile).strip();
        } catch (IOException e) {
            throw new CommandFailure(CommandFailure.USAGE, "The shared secret cannot be read from " + sharedSecretFile + ": name a file that is "
                    + "there.");
        }
    }
}
