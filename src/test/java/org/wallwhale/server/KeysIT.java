package org.wallwhale.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server whose data folder and database do not belong together does not start. */
class KeysIT {
    @TempDir
    private Path folder;

    @Test
    void lostOrReplacedKeysRefuseTheStartAndNothingIsChanged() throws Exception {
        int port = ServerProcess.freePort();
        ServerProcess.start(folder, port, Map.of()).close();
        Path secrets = folder.resolve("data/secrets");
        Files.delete(secrets.resolve("audit-key"));
        Files.write(secrets.resolve("key-pepper"), new byte[32]);
        assertThat(ServerProcess.refusal(folder, port, Map.of())).contains("key-pepper is not the key that this database was used with")
                .contains("no API key works any longer").contains("audit-key is missing").contains("nobody can prove");
        assertThat(secrets.resolve("audit-key")).doesNotExist();
        assertThat(secrets.resolve("key-pepper")).hasBinaryContent(new byte[32]);
    }
}
