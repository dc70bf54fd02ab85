package org.wallwhale;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.ServerSocket;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** The one other server that every check runs: an unmodified WildFly with the same WAR below a context path. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class WildFlyIT extends Essentials {
    private static Path data;
    private static AppServer server;

    @BeforeAll
    static void start() throws Exception {
        Path folder = AppServer.fresh(Path.of("target/server-under-test/wildfly"));
        data = folder.resolve("data").toAbsolutePath();
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        server = AppServer.start(ServerKind.WILDFLY, folder, "/wallwhale", port, Map.of("WALLWHALE_DATA_DIR", data.toString()));
    }

    @AfterAll
    static void end() {
        server.close();
    }

    @Override
    String url() {
        return server.url();
    }

    @Test
    void nothingOfItLiesOutsideOfItsContext() {
        Api root = Api.anonymous().at(server.url().substring(0, server.url().lastIndexOf('/')));
        for (String path : new String[] {"/health", "/health/ready", "/metrics", "/openapi", "/mp-health", "/mp-metrics"}) {
            assertThat(root.get(path).status()).as(path).isEqualTo(404);
        }
    }

    /** Only a listener that lives until the end does this; its absence shows nowhere before. */
    @Test
    @Order(Integer.MAX_VALUE)
    void itGivesBackWhatRunsWhenItStops() throws Exception {
        String id = administrator().submit("3000000003").get("id").textValue();
        administrator().await(id, download -> download.get("status").textValue().equals("running"));
        server.close();
        try (Connection database = DriverManager.getConnection("jdbc:h2:file:" + data.resolve("wallwhale") + ";IFEXISTS=TRUE", "wallwhale", "");
                Statement query = database.createStatement();
                ResultSet download = query.executeQuery("select status from downloads where id = '" + id + "'")) {
            assertThat(download.next()).isTrue();
            assertThat(download.getString(1)).isEqualToIgnoringCase("queued");
        }
    }
}
