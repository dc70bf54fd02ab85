package org.wallwhale.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.wallwhale.Api.DOWNLOADS;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.wallwhale.Api;
import org.wallwhale.Api.Answer;
import org.wallwhale.HttpTest;
import org.wallwhale.Problems;

class ZipIT extends HttpTest {
    private static final String FOREIGN_NAME = "scenes/Größe 壁紙.pkg";
    private static Api user;
    private static String path;
    private static byte[] whole;

    @BeforeAll
    static void fetchOne() {
        user = Api.secondUser();
        path = DOWNLOADS + "/" + fetch("4500000000");
        whole = user.get(path + "/zip").bytes();
    }

    @Test
    void theWholeZipIsDescribedAsItIs() {
        Answer get = user.get(path + "/zip");
        assertThat(get.status()).isEqualTo(200);
        assertThat(get.bytes()).isEqualTo(whole);
        assertThat(get.header("Content-Type")).isEqualTo("application/zip");
        assertThat(get.header("Content-Length")).isEqualTo(String.valueOf(whole.length));
        assertThat(get.header("Accept-Ranges")).isEqualTo("bytes");
        assertThat(get.header("ETag")).matches("\"[^\"]+\"");
        assertThat(get.header("Content-Disposition"))
                .isEqualTo("attachment; filename=\"4500000000.zip\"; filename*=UTF-8''4500000000.zip");
    }

    @Test
    void headTellsTheSameWithoutTheBytes() {
        Answer get = user.get(path + "/zip");
        Answer head = user.head(path + "/zip");
        assertThat(head.status()).isEqualTo(200);
        assertThat(head.bytes()).isEmpty();
        for (String name : new String[] {"Content-Length", "ETag", "Content-Type", "Accept-Ranges", "Content-Disposition"}) {
            assertThat(head.header(name)).as(name).isNotEmpty().isEqualTo(get.header(name));
        }
    }

    @Test
    void theDigestIsThatOfTheBytes() throws Exception {
        Answer answer = user.awaitAnswer(path + "/zip", zip -> !zip.header("Repr-Digest").isEmpty());
        byte[] sha256 = MessageDigest.getInstance("SHA-256").digest(whole);
        String digest = "sha-256=:" + Base64.getEncoder().encodeToString(sha256) + ":";
        assertThat(answer.header("Repr-Digest")).isEqualTo(digest);
        assertThat(user.get(path + "/zip", "Range", "bytes=1-2").header("Repr-Digest")).isEqualTo(digest);
    }

    @Test
    void unzipFindsNoFault(@TempDir Path folder) throws Exception {
        Path file = Files.write(folder.resolve("content.zip"), whole);
        Process unzip = new ProcessBuilder("unzip", "-t", file.toString()).redirectErrorStream(true).start();
        String said = new String(unzip.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(unzip.waitFor()).as(said).isZero();
        assertThat(said).contains("No errors detected", "Größe 壁紙.pkg");
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "0, 99", "100, 4095", "4096, 4096"})
    void aRangeIsExactlyThoseBytes(int first, int last) {
        Answer answer = user.get(path + "/zip", "Range", "bytes=" + first + "-" + last);
        assertThat(answer.status()).isEqualTo(206);
        assertThat(answer.bytes()).isEqualTo(Arrays.copyOfRange(whole, first, last + 1));
        assertThat(answer.header("Content-Range")).isEqualTo("bytes " + first + "-" + last + "/" + whole.length);
        assertThat(answer.header("Content-Length")).isEqualTo(String.valueOf(last - first + 1));
    }

    @Test
    void rangesMayBeOpenAtEitherSide() {
        assertThat(user.get(path + "/zip", "Range", "bytes=-7").bytes())
                .isEqualTo(Arrays.copyOfRange(whole, whole.length - 7, whole.length));
        assertThat(user.get(path + "/zip", "Range", "bytes=" + (whole.length - 5) + "-").bytes())
                .isEqualTo(Arrays.copyOfRange(whole, whole.length - 5, whole.length));
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes=0-1,5-6", "chars=0-1", "bytes=5-1", "bytes=", "nonsense"})
    void aRangeThatNeedNotBeHeededGivesTheWhole(String range) {
        Answer answer = user.get(path + "/zip", "Range", range);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.bytes()).isEqualTo(whole);
    }

    @Test
    void aRangeBeyondTheEndIsNotSatisfiable() {
        Answer answer = user.get(path + "/zip", "Range", "bytes=" + whole.length + "-");
        Problems.demand(answer, 416, "range_not_satisfiable");
        assertThat(answer.header("Content-Range")).isEqualTo("bytes */" + whole.length);
    }

    @Test
    void ifRangeGuardsAgainstAnotherVersion() {
        String etag = user.head(path + "/zip").header("ETag");
        assertThat(user.get(path + "/zip", "Range", "bytes=0-9", "If-Range", etag).status()).isEqualTo(206);
        for (String other : new String[] {"\"other\"", "W/" + etag, "Sat, 01 Jan 2050 00:00:00 GMT"}) {
            assertThat(user.get(path + "/zip", "Range", "bytes=0-9", "If-Range", other).status()).as(other).isEqualTo(200);
        }
    }

    @Test
    void whoHasItAlreadyIsNotSentItAgain() {
        Answer answer = user.get(path + "/zip", "If-None-Match", user.head(path + "/zip").header("ETag"));
        assertThat(answer.status()).isEqualTo(304);
        assertThat(answer.bytes()).isEmpty();
    }

    @Test
    void stitchedPiecesAreTheWhole() throws IOException {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        ByteArrayOutputStream stitched = new ByteArrayOutputStream();
        String etag = user.head(path + "/zip").header("ETag");
        while (stitched.size() < whole.length) {
            int length = 1 + random.nextInt(whole.length / 5);
            Answer piece = user.get(path + "/zip", "Range", "bytes=" + stitched.size() + "-" + (stitched.size() + length - 1),
                    "If-Range", etag);
            assertThat(piece.status()).as("seed " + seed).isEqualTo(206);
            stitched.write(piece.bytes());
        }
        assertThat(stitched.toByteArray()).as("seed " + seed).isEqualTo(whole);
    }

    @Test
    void everyListedFileIsServedAndZippedWithTheListedDigest() throws Exception {
        JsonNode list = user.get(path + "/files").json();
        Map<String, byte[]> zipped = entries(whole);
        assertThat(list.get("files").findValuesAsText("path")).contains(FOREIGN_NAME).containsExactlyElementsOf(zipped.keySet());
        long sum = 0;
        for (JsonNode file : list.get("files")) {
            Answer answer = user.get(path + "/files/" + encoded(file.get("path").textValue()));
            byte[] sha256 = MessageDigest.getInstance("SHA-256").digest(answer.bytes());
            assertThat(answer.status()).isEqualTo(200);
            assertThat(HexFormat.of().formatHex(sha256)).isEqualTo(file.get("sha256").textValue());
            assertThat(answer.header("Repr-Digest")).isEqualTo("sha-256=:" + Base64.getEncoder().encodeToString(sha256) + ":");
            assertThat(answer.header("Content-Length")).isEqualTo(file.get("sizeBytes").asText());
            assertThat(zipped.get(file.get("path").textValue())).isEqualTo(answer.bytes());
            sum += answer.bytes().length;
        }
        assertThat(list.get("sizeBytes").longValue()).isEqualTo(sum).isEqualTo(user.get(path).json().get("bytesTotal")
                .longValue());
    }

    @Test
    void aSingleFileIsServedInPartsUnderItsOwnName() throws Exception {
        String file = path + "/files/" + encoded(FOREIGN_NAME);
        byte[] bytes = user.get(file).bytes();
        Answer part = user.get(file, "Range", "bytes=10-19");
        assertThat(part.status()).isEqualTo(206);
        assertThat(part.bytes()).isEqualTo(Arrays.copyOfRange(bytes, 10, 20));
        assertThat(part.header("Content-Disposition")).endsWith("filename*=UTF-8''Gr%C3%B6%C3%9Fe%20%E5%A3%81%E7%B4%99.pkg");
        Answer head = user.head(file);
        assertThat(head.header("Content-Length")).isEqualTo(String.valueOf(bytes.length));
        assertThat(head.bytes()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"nothing.txt", "..%2F..%2F..%2Fsecrets%2Ftoken-key", "scenes", "%2Fetc%2Fpasswd",
        "scenes/%2e%2e/project.json",
        "project.json/", "PROJECT.JSON"})
    void nothingButTheListedFilesIsServed(String file) {
        Answer answer = user.get(path + "/files/" + file);
        Problems.demand(answer, 404, "not_found");
    }

    @Test
    void aDownloadWithoutContentHasNoZip() {
        String failed = user.awaitFinished(user.submit("4500000120").get("id").textValue()).get("id").textValue();
        Problems.demand(user.get(DOWNLOADS + "/" + failed + "/zip"), 409, "conflict");
        Problems.demand(user.get(DOWNLOADS + "/" + failed + "/files"), 409, "conflict");
    }

    @Test
    void contentStaysWhileAnotherDownloadRefersToIt() {
        String first = fetch("4500000200");
        String second = fetch("4500000200");
        assertThat(second).isNotEqualTo(first);
        byte[] zip = user.get(DOWNLOADS + "/" + second + "/zip").bytes();
        assertThat(user.get(DOWNLOADS + "/" + first + "/zip").bytes()).isEqualTo(zip);
        assertThat(user.delete(DOWNLOADS + "/" + first).status()).isEqualTo(204);
        assertThat(user.get(DOWNLOADS + "/" + first + "/zip").status()).isEqualTo(404);
        assertThat(user.get(DOWNLOADS + "/" + second + "/zip").bytes()).isEqualTo(zip);
    }

    @Test
    void twoThousandFilesAreListedAndZipped() throws IOException {
        String large = DOWNLOADS + "/" + fetch("4500000301");
        assertThat(user.get(large + "/files").json().get("files")).hasSize(2000);
        assertThat(entries(user.get(large + "/zip").bytes())).hasSize(2000);
    }

    private static String fetch(String item) {
        JsonNode end = user.awaitFinished(user.submit(item).get("id").textValue());
        assertThat(end.get("status").textValue()).as(end.toString()).isEqualTo("success");
        return end.get("id").textValue();
    }

    private static String encoded(String file) throws URISyntaxException {
        return new URI(null, null, "/" + file, null).toASCIIString().substring(1);
    }

    private static Map<String, byte[]> entries(byte[] zip) throws IOException {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                entries.put(entry.getName(), in.readAllBytes());
            }
        }
        return entries;
    }
}
