package org.wallwhale.server;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Marked secrets, and whether any of them, in whatever form, is to be found where none may be. Used by one thread. */
final class Canary {
    private final Map<String, Map<String, String>> forms = new LinkedHashMap<>();
    private final Map<String, byte[]> places = new LinkedHashMap<>();

    /** A secret to look for. Those that come in parts, such as tokens, are looked for by their parts, too. */
    void mark(String name, String secret) {
        forms.put(name, forms(secret));
        String[] parts = secret.split("\\.");
        if (parts.length == 3) {
            forms.put("the signature of " + name, forms(parts[2]));
        }
    }

    /** Keeps what is at this place, because secrets that are marked later are looked for in it, too. */
    void look(String place, byte[] content) {
        places.merge(place, content, Canary::joined);
    }

    void look(String place, String content) {
        look(place, content.getBytes(StandardCharsets.UTF_8));
    }

    /** A sentence for each secret at each place; empty is what is hoped for. */
    Set<String> found() {
        Set<String> found = new TreeSet<>();
        places.forEach((place, content) -> {
            String text = new String(content, StandardCharsets.ISO_8859_1);
            forms.forEach((name, spellings) -> spellings.forEach((form, spelling) -> {
                if (text.contains(spelling)) {
                    found.add(name + ", " + form + ", in " + place);
                }
            }));
        });
        return found;
    }

    Set<String> places() {
        return places.keySet();
    }

    /** Each form as the bytes that it has, one a character. */
    static Map<String, String> forms(String secret) {
        byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
        Map<String, String> forms = new LinkedHashMap<>();
        forms.put("plain", bytesOf(bytes));
        forms.put("ISO 8859-1", secret);
        forms.put("UTF-16 BE", bytesOf(secret.getBytes(StandardCharsets.UTF_16BE)));
        forms.put("UTF-16 LE", bytesOf(secret.getBytes(StandardCharsets.UTF_16LE)));
        forms.put("hex", HexFormat.of().formatHex(bytes));
        forms.put("HEX", HexFormat.of().withUpperCase().formatHex(bytes));
        forms.put("of a form", URLEncoder.encode(secret, StandardCharsets.UTF_8));
        forms.put("of an address", URLEncoder.encode(secret, StandardCharsets.UTF_8).replace("+", "%20"));
        for (int before = 0; before < 3; before++) {
            String base64 = base64(bytes, before);
            forms.put("Base64 after " + before, base64);
            forms.put("Base64url after " + before, base64.replace('+', '-').replace('/', '_'));
        }
        return forms;
    }

    /** The characters that the secret alone determines, when {@code before} bytes of something else stand before it. */
    private static String base64(byte[] secret, int before) {
        byte[] all = new byte[before + secret.length];
        System.arraycopy(secret, 0, all, before, secret.length);
        return Base64.getEncoder().withoutPadding().encodeToString(all).substring((before * 8 + 5) / 6, all.length * 8 / 6);
    }

    private static String bytesOf(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private static byte[] joined(byte[] one, byte[] other) {
        byte[] joined = new byte[one.length + 1 + other.length];
        System.arraycopy(one, 0, joined, 0, one.length);
        System.arraycopy(other, 0, joined, one.length + 1, other.length);
        return joined;
    }
}
