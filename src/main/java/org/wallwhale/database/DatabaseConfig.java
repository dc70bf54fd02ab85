package org.wallwhale.database;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.util.Optional;
import org.wallwhale.config.DataFolder;
import org.wallwhale.config.Settings;
import org.wallwhale.secret.Secret;

/** Where the database is: an H2 file in the data folder unless {@code wallwhale.db.url} says otherwise. */
@Dependent
public class DatabaseConfig {
    private static final String URL = "wallwhale.db.url";
    /** H2's other kinds keep nothing, or belong to a server of H2's own. */
    private static final String H2_FILE = "jdbc:h2:file:";
    private final String url;
    private final Optional<String> user;
    private final Optional<Secret> password;

    @Inject
    public DatabaseConfig(Settings settings) {
        url = settings.text(URL).map(DatabaseConfig::durable)
                .orElseGet(() -> durable(H2_FILE + new DataFolder(settings).root().resolve("wallwhale")));
        user = settings.text("wallwhale.db.user");
        password = settings.secret("wallwhale.db.password");
        if (!isH2() && !isPostgreSql()) {
            settings.fault(URL, "must start with jdbc:postgresql: or jdbc:h2:file:");
        }
    }

    private DatabaseConfig(String url, Optional<String> user, Optional<Secret> password) {
        this.url = url;
        this.user = user;
        this.password = password;
    }

    /** The same credentials at another address. */
    public DatabaseConfig at(String otherUrl) {
        return new DatabaseConfig(otherUrl, user, password);
    }

    /**
     * H2 acknowledges a commit before it is on the disk unless told otherwise; without this a killed server loses accepted
     * downloads.
     */
    private static String durable(String url) {
        if (!url.startsWith(H2_FILE)) {
            return url;
        }
        String kept = url.replaceAll("(?i);(WRITE_DELAY|DB_CLOSE_ON_EXIT)=[^;]*", "");
        return kept + ";WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE";
    }

    public String url() {
        return url;
    }

    public Optional<String> user() {
        return user;
    }

    public Optional<Secret> password() {
        return password;
    }

    public boolean isH2() {
        return url.startsWith(H2_FILE);
    }

    public boolean isPostgreSql() {
        return url.startsWith("jdbc:postgresql:");
    }
}
