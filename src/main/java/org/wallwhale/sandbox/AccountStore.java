package org.wallwhale.sandbox;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * The login tokens of this HOME, where .NET's isolated storage would put them:
 * {@code IsolatedStorage/{8.3}/{8.3}/Url.fake/AssemFiles/account.config} below {@code XDG_DATA_HOME}, else
 * {@code HOME/.local/share}. Protocol buffer field 4, account to token, keys without case. The tokens are random and worthless.
 */
final class AccountStore {
    private static final int TOKENS = 4;

    private final Path file;
    private final Map<String, String> tokens = new LinkedHashMap<>();

    private AccountStore(Path file) {
        this.file = file;
    }

    /** Opened before anything else: a HOME that can not be written and a damaged file are unhandled exceptions. */
    static AccountStore open(Path home) {
        String data = System.getenv("XDG_DATA_HOME");
        if (data == null && home == null) {
            throw Unhandled.accessDenied("/.local/share/IsolatedStorage");
        }
        try {
            Path root = data != null ? Path.of(data) : home.resolve(".local/share");
            Path folder = onlyChild(onlyChild(root.resolve("IsolatedStorage"))).resolve("Url.fake/AssemFiles");
            Files.createDirectories(folder);
            if (!Files.isWritable(folder)) {
                throw Unhandled.accessDenied(folder.toString());
            }
            AccountStore store = new AccountStore(folder.resolve("account.config"));
            store.load();
            return store;
        } catch (IOException notWritable) {
            throw Unhandled.of(notWritable);
        }
    }

    boolean knows(String account) {
        return tokens.containsKey(key(account));
    }

    void remember(String account) {
        tokens.put(key(account), "sandbox-token-".concat(random(32)));
        save();
    }

    void forget(String account) {
        if (tokens.remove(key(account)) != null) {
            save();
        }
    }

    private void load() throws IOException {
        if (!Files.exists(file)) {
            return;
        }
        for (ByteBuffer entry : Wire.load(file, TOKENS)) {
            Wire.varint(entry);
            String account = Wire.text(Wire.body(entry));
            Wire.varint(entry);
            tokens.put(account, Wire.text(Wire.body(entry)));
        }
    }

    private void save() {
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        for (Map.Entry<String, String> token : tokens.entrySet()) {
            ByteArrayOutputStream entry = new ByteArrayOutputStream();
            Wire.field(entry, 1, token.getKey().getBytes(StandardCharsets.UTF_8));
            Wire.field(entry, 2, token.getValue().getBytes(StandardCharsets.UTF_8));
            Wire.field(message, TOKENS, entry.toByteArray());
        }
        try {
            Wire.save(file, message);
        } catch (IOException notWritable) {
            throw Unhandled.of(notWritable);
        }
    }

    private static Path onlyChild(Path folder) throws IOException {
        File[] children = folder.toFile().listFiles();
        if (children != null && children.length > 0) {
            return children[0].toPath();
        }
        String name = random(11);
        return Files.createDirectories(folder.resolve(Console.joined(name.substring(0, 8), ".", name.substring(8)).toString()));
    }

    private static String key(String account) {
        return account.toLowerCase(Locale.ROOT);
    }

    private static String random(int length) {
        SecureRandom random = new SecureRandom();
        StringBuilder text = new StringBuilder();
        for (int count = 0; count < length; count++) {
            text.append("abcdefghijklmnopqrstuvwxyz012345".charAt(random.nextInt(32)));
        }
        return text.toString();
    }
}
