package org.wallwhale.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** A real nginx with the files of {@code deploy/nginx}, in which only ports and paths, and what a test names, are others. */
final class NginxProcess implements AutoCloseable {
    private static final Path FILES = Path.of("deploy", "nginx");
    private static final long PATIENCE_NANOS = Duration.ofSeconds(30).toNanos();
    private final Path folder;
    private final Process process;
    private final int port;
    private final int tlsPort;
    private final int redirectPort;

    private NginxProcess(Path folder, Process process, int port, int tlsPort, int redirectPort) {
        this.folder = folder;
        this.process = process;
        this.port = port;
        this.tlsPort = tlsPort;
        this.redirectPort = redirectPort;
    }

    /**
     * Answers on return.
     *
     * @param folder is made, and holds everything that nginx writes
     * @param first the port of an instance on 127.0.0.1; so is {@code second}
     * @param changes a text of wallwhale.conf, what stands there instead, and so on
     */
    static NginxProcess start(Path folder, int first, int second, String... changes) throws IOException, InterruptedException {
        int port = ServerProcess.freePort();
        int tlsPort = ServerProcess.freePort();
        int redirectPort = ServerProcess.freePort();
        Path files = Files.createDirectories(folder.resolve("wallwhale"));
        Files.copy(FILES.resolve("problems.conf"), files.resolve("problems.conf"));
        Files.writeString(files.resolve("tls.conf"), changed(FILES.resolve("tls.conf"), "/etc/nginx/wallwhale/", files.toAbsolutePath() + "/"));
        makeCertificate(files);
        List<String> all = new ArrayList<>(List.of("server 127.0.0.1:8081 ", "server 127.0.0.1:" + first + ' ',
                "server 127.0.0.1:8082 ", "server 127.0.0.1:" + second + ' ', "listen [::]:80;", "", "listen [::]:443 ssl http2;", "",
                "listen 80;", "listen 127.0.0.1:" + redirectPort + ';',
                "listen 443 ssl http2;", "listen 127.0.0.1:" + tlsPort + " ssl http2; listen 127.0.0.1:" + port + ';'));
        all.addAll(List.of(changes));
        Files.writeString(files.resolve("wallwhale.conf"), changed(FILES.resolve("wallwhale.conf"), all.toArray(String[]::new)));
        Files.writeString(folder.resolve("nginx.conf"), main(folder.toAbsolutePath()));
        Process process = new ProcessBuilder(program(), "-p", folder.toString(), "-c", folder.resolve("nginx.conf").toAbsolutePath().toString(),
                "-e", folder.resolve("error.log").toAbsolutePath().toString())
                .redirectErrorStream(true).redirectOutput(folder.resolve("console.log").toFile()).start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
        NginxProcess nginx = new NginxProcess(folder, process, port, tlsPort, redirectPort);
        nginx.awaitPort();
        return nginx;
    }

    /** Without TLS, for most tests. */
    int port() {
        return port;
    }

    int tlsPort() {
        return tlsPort;
    }

    int redirectPort() {
        return redirectPort;
    }

    String root() {
        return "http://127.0.0.1:" + port;
    }

    /** Of each finished call that an instance was asked for: its request id, and the instances' addresses in the order of the tries. */
    List<String> calls() {
        try {
            return Files.readAllLines(folder.resolve("calls.log"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether anything of an answer or of a body went to the disk, which nginx warns of. */
    boolean hasSpooled() throws IOException {
        return Files.readString(folder.resolve("error.log")).contains("to a temporary file");
    }

    /** The main file, such as a system has it, but with every path in {@code folder}. */
    private static String main(Path folder) throws IOException {
        StringBuilder paths = new StringBuilder();
        for (String kind : List.of("client_body", "proxy", "fastcgi", "uwsgi", "scgi")) {
            Path temporary = Files.createDirectories(folder.resolve("temporary").resolve(kind));
            paths.append(kind).append("_temp_path ").append(temporary).append(";\n");
        }
        return (Files.getOwner(folder).getName().equals("root") ? "user root;\n" : "") + "daemon off;\nworker_processes 2;\npid " + folder
                + "/nginx.pid;\nerror_log " + folder + "/error.log info;\nevents { }\nhttp {\n"
                + "log_format calls '$wallwhale_request_id $upstream_addr';\naccess_log " + folder + "/calls.log calls;\n" + paths + "include wallwhale/wallwhale.conf;\n}\n";
    }

    private static String changed(Path file, String... changes) throws IOException {
        String text = Files.readString(file);
        for (int i = 0; i < changes.length; i += 2) {
            assertThat(text).as("what a test replaces in " + file).contains(changes[i]);
            text = text.replace(changes[i], changes[i + 1]);
        }
        return text;
    }

    private static void makeCertificate(Path files) throws IOException, InterruptedException {
        Process openssl = new ProcessBuilder("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost",
                "-keyout", files.resolve("certificate-key.pem").toString(), "-out", files.resolve("certificate.pem").toString())
                .redirectErrorStream(true).redirectOutput(files.resolve("openssl.log").toFile()).start();
        assertThat(openssl.waitFor()).as("a certificate, see " + files.resolve("openssl.log")).isZero();
    }

    /** On Debian it lies where only root looks. */
    private static String program() {
        return Stream.concat(Stream.of(System.getenv("PATH").split(File.pathSeparator)), Stream.of("/usr/sbin", "/usr/local/sbin"))
                .map(place -> Path.of(place, "nginx")).filter(Files::isExecutable).findFirst().map(Path::toString)
                .orElseThrow(() -> new AssertionError("These tests need nginx; \"./wallwhale check\" installs or names it."));
    }

    private void awaitPort() throws IOException {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        while (!isOpen()) {
            if (!process.isAlive() || System.nanoTime() > deadline) {
                process.destroy();
                throw new AssertionError("nginx did not start: " + Files.readString(folder.resolve("console.log")));
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
    }

    private boolean isOpen() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress("127.0.0.1", port), 1000);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** SIGTERM ends the workers too. */
    @Override
    public void close() throws InterruptedException {
        List<ProcessHandle> workers = process.descendants().toList();
        process.destroy();
        if (!process.waitFor(10, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
            workers.forEach(ProcessHandle::destroyForcibly);
        }
    }
}
