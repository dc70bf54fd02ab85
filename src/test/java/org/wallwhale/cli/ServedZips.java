package org.wallwhale.cli;

import com.sun.net.httpserver.HttpHandler;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.wallwhale.store.ContentScan;
import org.wallwhale.store.ZipView;

/** Zips as a server sends them, or as none does. */
final class ServedZips {
    private ServedZips() {
    }

    /** As the store has it: each file's content is its name. */
    static byte[] of(Path store, String... names) throws IOException {
        Path content = Files.createTempDirectory(store, "content-");
        for (String name : names) {
            Files.createDirectories(content.resolve(name).getParent());
            Files.writeString(content.resolve(name), name.equals("empty") ? "" : name);
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        new ZipView(ContentScan.of(content, List.of(names))).writeTo(bytes, content);
        return bytes.toByteArray();
    }

    /** Each file's content is its name here, too. */
    static byte[] zip(int method, String... names) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (String name : names) {
                add(zip, method, name, name.getBytes(StandardCharsets.UTF_8));
            }
        }
        return bytes.toByteArray();
    }

    static void add(ZipOutputStream zip, int method, String name, byte[] content) throws IOException {
        CRC32 sum = new CRC32();
        sum.update(content);
        ZipEntry entry = new ZipEntry(name);
        entry.setMethod(method);
        entry.setSize(content.length);
        entry.setCrc(sum.getValue());
        zip.putNextEntry(entry);
        zip.write(content);
    }

    static String sha256(byte[] bytes) throws NoSuchAlgorithmException {
        return Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-256").digest(bytes));
    }

    static HttpHandler sending(byte[] zip, String digest) {
        return exchange -> {
            if (digest != null) {
                exchange.getResponseHeaders().set("Repr-Digest", "sha-256=:" + digest + ":");
            }
            ScriptedServer.send(exchange, 200, zip, "ETag", "\"tag\"");
        };
    }
}
