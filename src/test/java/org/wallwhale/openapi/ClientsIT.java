package org.wallwhale.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wallwhale.Api;
import org.wallwhale.HttpTest;

/** What others make of the OpenAPI document: linters find nothing, and clients that are generated from it compile and download. */
class ClientsIT extends HttpTest {
    private static final Path SOURCES = Path.of("src", "test", "openapi").toAbsolutePath();
    private static final String DOCUMENT = Path.of("src", "main", "resources", "org", "wallwhale", "rest", "openapi.json").toAbsolutePath().toString();
    private static final String API = Api.ROOT + "/api/v1";
    @TempDir
    private static Path folder;

    /** Without their scripts: none of these packages needs one. */
    @BeforeAll
    static void install() throws Exception {
        for (String file : List.of("package.json", "tsconfig.json", "spectral.yaml", "redocly.yaml")) {
            Files.copy(SOURCES.resolve(file), folder.resolve(file));
        }
        run("npm", "install", "--no-package-lock", "--ignore-scripts", "--no-audit", "--no-fund");
    }

    @Test
    void spectralFindsNothing() throws Exception {
        assertThat(run("npx", "spectral", "lint", "--fail-severity", "hint", "--ruleset", "spectral.yaml", DOCUMENT)).contains("No results");
    }

    @Test
    void redoclyFindsNothing() throws Exception {
        assertThat(run("npx", "redocly", "lint", "--config", "redocly.yaml", DOCUMENT)).contains("is valid").doesNotContain("warning.", "warnings.");
    }

    @Test
    void theTypeScriptClientDownloads() throws Exception {
        Path sources = Files.createDirectory(folder.resolve("typescript"));
        run("npx", "openapi-typescript", DOCUMENT, "-o", "typescript/api.d.ts");
        Files.copy(SOURCES.resolve("typescript/download.ts"), sources.resolve("download.ts"));
        run("npx", "tsc");
        Path zip = folder.resolve("typescript.zip");
        run("node", "out/download.js", API, key(), zip.toString());
        demandItem(zip);
    }

    @Test
    void theJavaClientDownloads() throws Exception {
        run("java", "-jar", System.getProperty("openapi.generator"), "generate", "-i", DOCUMENT, "-g", "java", "--library", "native", "-o", "java",
                "--additional-properties=openApiNullable=false,useJakartaEe=true,invokerPackage=org.example.client,"
                        + "apiPackage=org.example.client.api,modelPackage=org.example.client.model");
        List<String> compile = new ArrayList<>(List.of("javac", "-nowarn", "-d", "classes", "-cp", System.getProperty("java.class.path"),
                SOURCES.resolve("java/DownloadOnce.java").toString()));
        try (Stream<Path> sources = Files.walk(folder.resolve("java/src/main/java"))) {
            sources.map(Path::toString).filter(source -> source.endsWith(".java")).forEach(compile::add);
        }
        run(compile.toArray(String[]::new));
        Path zip = folder.resolve("java.zip");
        run("java", "-cp", folder.resolve("classes") + ":" + System.getProperty("java.class.path"), "DownloadOnce", API, key(), zip.toString());
        demandItem(zip);
    }

    private static String key() {
        return Api.administrator().createKey("test", "download:*");
    }

    private static void demandItem(Path zip) throws IOException {
        try (ZipFile content = new ZipFile(zip.toFile())) {
            assertThat(content.getEntry("project.json")).isNotNull();
        }
    }

    /** What it printed; fails when it does not end well. */
    private static String run(String... command) throws Exception {
        Path log = Files.createTempFile(folder, "run", ".log");
        Process process = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).redirectOutput(log.toFile()).start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        assertThat(process.waitFor(10, TimeUnit.MINUTES)).as(command[0] + " has ended").isTrue();
        String printed = Files.readString(log);
        assertThat(process.exitValue()).as(List.of(command).subList(0, 2) + ": " + printed).isZero();
        return printed;
    }
}
