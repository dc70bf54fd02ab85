package org.wallwhale;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The application servers that the HTTP tests can run against, each as it comes but for ports and addresses. */
enum ServerKind {
    /** As {@code ./wallwhale serve} runs it. */
    PAYARA_MICRO {
        @Override
        List<String> install(Path folder, Path war, String context, int port) throws IOException {
            Path preboot = Files.writeString(folder.resolve("preboot.asadmin"), Files.readString(Path.of("payara-config/preboot.asadmin"))
                    + "\nset configs.config.server-config.network-config.network-listeners.network-listener.http-listener.address=127.0.0.1\n");
            return List.of(java(), "-Xmx512m", "-XX:+UseSerialGC", "-jar", "target/payara-micro.jar", "--deploy", war.toString(),
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
            return Map.of("JAVA_OPTS", "-Xmx512m -XX:+UseSerialGC -Djava.net.preferIPv4Stack=true", "JAVA_HOME", System.getProperty("java.home"));
        }
    },
    /** {@code domain1}, with the WAR in the folder of what is deployed by itself. */
    PAYARA_SERVER {
        @Override
        List<String> install(Path folder, Path war, String context, int port) throws IOException {
            Path home = unpacked("target/servers", "payara");
            Path domains = folder.resolve("domains");
            copy(home.resolve("glassfish/domains"), domains);
            Path settings = domains.resolve("domain1/config/domain.xml");
            String text = Files.readString(settings);
            int other = port;
            for (String known : List.of("8080", "8181", "4848", "7676", "3700", "3820", "3920", "8686", "6666", "9009", "4900", "5900", "5701")) {
                text = text.replace("\"" + known + "\"", "\"" + other + "\"");
                other = other == port ? port - 20 : other + 1;
            }
            Files.writeString(settings, text);
            Files.copy(war, Files.createDirectories(domains.resolve("domain1/autodeploy"))
                    .resolve(context.equals("/") ? "ROOT.war" : context.substring(1) + ".war"));
            return List.of(home.resolve("bin/asadmin").toAbsolutePath().toString(), "--interactive=false", "start-domain", "--verbose",
                    "--domaindir", domains.toAbsolutePath().toString(), "domain1");
        }

        @Override
        Map<String, String> environment() {
            return Map.of("AS_JAVA", System.getProperty("java.home"));
        }
    };

    /** Puts the server and the WAR into the folder; returns the command that starts it in the foreground. */
    abstract List<String> install(Path folder, Path war, String context, int port) throws IOException;

    Map<String, String> environment() {
        return new TreeMap<>();
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
