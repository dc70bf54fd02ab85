package org.wallwhale.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.function.IntPredicate;

/** The {@code Content-Disposition} header of downloads (RFC 6266), which no file name, however hostile, can break out of. */
public final class ContentDisposition {
    private static final int LONGEST_NAME_BYTES = 255;
    private static final int LONGEST_EXTENSION = 16;
    private static final String UNENCODED =
        "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!#$&+-.^_`|~";
    private static final String NAMELESS = "download";

    private ContentDisposition() {
    }

    /**
     * {@code attachment} with the name twice: in ASCII with {@code _} for everything else, for old clients, and in full
     * (RFC 8187). Separators, control characters and marks that reverse the direction of writing become {@code _}; names of
     * more than 255 bytes in UTF-8 are cut before their extension; nothing but dots and blanks becomes {@code download}.
     */
    public static String attachment(String name) {
        String safe = shortened(safe(name));
        // Some clients decode %xx in the plain form as well.
        String ascii = replaced(safe, c -> c < ' ' || c > '~' || c == '"' || c == '%');
        return "attachment; filename=\"" + ascii + "\"; filename*=UTF-8''" + percentEncoded(safe);
    }

    private static String safe(String name) {
        String safe = replaced(name, ContentDisposition::isUnsafe).strip();
        return safe.chars().allMatch(c -> c == '.' || c == ' ') ? NAMELESS : safe;
    }

    private static boolean isUnsafe(int c) {
        return c == '/' || c == '\\' || Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE
            || c == 0x200E || c == 0x200F || c >= 0x202A && c <= 0x202E || c >= 0x2066 && c <= 0x2069;
    }

    private static String shortened(String name) {
        int dot = name.lastIndexOf('.');
        String extension = dot > 0 && name.length() - dot <= LONGEST_EXTENSION ? name.substring(dot) : "";
        int room = LONGEST_NAME_BYTES - extension.getBytes(UTF_8).length;
        StringBuilder stem = new StringBuilder();
        for (int c : name.substring(0, name.length() - extension.length()).codePoints().toArray()) {
            room -= Character.toString(c).getBytes(UTF_8).length;
            if (room < 0) {
                break;
            }
            stem.appendCodePoint(c);
        }
        return stem + extension;
    }

    private static String replaced(String text, IntPredicate refused) {
        return text.codePoints().map(c -> refused.test(c) ? '_' : c)
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append).toString();
    }

    private static String percentEncoded(String text) {
        StringBuilder encoded = new StringBuilder();
        for (byte b : text.getBytes(UTF_8)) {
            encoded.append(UNENCODED.indexOf(b) >= 0 ? Character.toString(b) : String.format("%%%02X", b));
        }
        return encoded.toString();
    }
}
