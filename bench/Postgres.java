import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;

/** A PostgreSQL from Maven's binaries on which a commit is on the disk: prints its port and runs until its input ends. */
final class Postgres {
    private Postgres() {
    }

    public static void main(String[] arguments) throws Exception {
        EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder().setServerConfig("synchronous_commit", "on").setServerConfig("fsync", "on");
        for (String setting : arguments) {
            builder.setServerConfig(setting.substring(0, setting.indexOf('=')), setting.substring(setting.indexOf('=') + 1));
        }
        try (EmbeddedPostgres server = builder.start()) {
            System.out.println(server.getPort());
            while (System.in.read() >= 0) {
                // nothing is said
            }
        }
    }
}
