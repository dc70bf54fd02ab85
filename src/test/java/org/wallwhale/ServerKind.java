package org.wallwhale;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The application servers that the HTTP tests can run against, each as it comes but for ports and addresses. */
public enum ServerKind {
    /** As {@code ./wallwhale serve} runs it. */
    PAYARA_MICRO {
        @Override
        List<String> install(Path folder, Path war, String context, int port) throws IOException {
            Path preboot = Files.writeString(folder.resolve("preboot.asadmin"), Files.readString(Path.of("payara-config/preboot.asadmin"))
                    + "\nset configs.config.server-config.network-config.network-listeners.network-listener.http-listener.address=127.0.0.1\n");
            return List.of(java(), "-Xmx512m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-jar", "target/payara-micro.jar", "--deploy", war.toString(),
                    "--contextroot", context, "--port", String.valueOf(port), "--noCluster", "--disablephonehome",
                    "--prebootcommandfile", preboot.toString());
        }
    },
    /** {@code standalone-full.xml}; the name of the file is its context. */
    WILDFLY {
        @Override
        List<String> install(Path folder, Path war, String context, int port) throws IOException {
            Path home = unpacked("target/servers", "wildfly-");
            Path base = folder.resolve("standalone");
            copy(home.resolve("standalone"), base);
            Files.copy(war, base.resolve("deployments").resolve(context.equals("/") ? "ROOT.war" : context.substring(1) + ".war"));
            return List.of(home.resolve("bin/standalone.sh").toAbsolutePath().toString(), "-c", "standalone-full.xml", "-b", "127.0.0.1",
                    "-Djboss.server.base.dir=" + base.toAbsolutePath(), "-Djboss.socket.binding.port-offset=" + (port - 8080));
        }

        @Override
        Map<String, String> environment() {
            return Map.of("JAVA_OPTS", "-Xmx512m -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Djava.net.preferIPv4Stack=true", "JAVA_HOME", System.getProperty("java.home"));
        }
    },
    /** {@code domain1}, with the WAR deployed as an administrator does it. */
    PAYARA_SERVER {
        @Override
        List<String> install(Path folder, Path war, String context, int port) throws IOException {
            Path domains = folder.resolve("domains");
            copy(unpacked("target/servers", "payara").resolve("glassfish/domains"), domains);
            Path settings = domains.resolve("domain1/config/domain.xml");
            String text = Files.readString(settings)
                    .replaceAll("<network-listener (?![^>]*address=)", "<network-listener address=\"127.0.0.1\" ");
            int other = port - ADMIN_BELOW;
            text = text.replace("\"8080\"", "\"" + port + "\"");
            for (String known : List.of("4848", "8181", "7676", "3700", "3820", "3920", "8686", "6666", "9009", "4900", "5900", "5701")) {
                text = text.replace("\"" + known + "\"", "\"" + other + "\"");
                other++;
            }
            Files.writeString(settings, text);
            return List.of(asadmin(), "--interactive=false", "start-domain", "--verbose", "--domaindir", domains.toAbsolutePath().toString(),
                    "domain1");
        }

        /** By a file of commands for its start it would take three minutes longer: the configuration waits for the start to end. */
        @Override
        List<String> deploy(Path war, String context, int port) throws IOException {
            return List.of(asadmin(), "--interactive=false", "--port", String.valueOf(port - ADMIN_BELOW), "deploy", "--contextroot", context,
                    war.toString());
        }

        private String asadmin() throws IOException {
            return unpacked("target/servers", "payara").resolve("bin/asadmin").toAbsolutePath().toString();
        }

        @Override
        Map<String, String> environment() {
            return Map.of("AS_JAVA", System.getProperty("java.home"));
        }
    };

    /** How far below its HTTP port the port of Payara Server's administration lies here. */
    private static final int ADMIN_BELOW = 20;

    /** What the system property {@code server.kind} names. */
    public static ServerKind underTest() {
        return valueOf(System.getProperty("server.kind").replace('-', '_').toUpperCase(Locale.ROOT));
    }

    /** Puts the server and the WAR into the folder; returns the command that starts it in the foreground. */
    abstract List<String> install(Path folder, Path war, String context, int port) throws IOException;

    /** The command that deploys the WAR once the server runs; empty where it finds the WAR by itself. */
    List<String> deploy(Path war, String context, int port) throws IOException {
        return List.of();
    }

    Map<String, String> environment() {
        return new TreeMap<>();
    }

    /** The process that is started then has the server's Java machine as its child. */
    boolean comesWithScript() {
        return this != PAYARA_MICRO;
    }

    private static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    private static Path unpacked(String folder, String name) throws IOException {
        try (Stream<Path> homes = Files.list(Path.of(folder))) {
            return homes.filter(home -> home.getFileName().toString().startsWith(name)).findFirst().orElseThrow();
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path path : all.toList()) {
                Files.copy(path, to.resolve(from.relativize(path).toString()), StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
    }
}
