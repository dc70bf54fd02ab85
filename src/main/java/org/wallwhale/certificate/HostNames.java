package org.wallwhale.certificate;

import java.net.IDN;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** What a certificate is for: names of hosts, which may begin with {@code *.}, and addresses (RFC 5280, section 4.2.1.6). */
public final class HostNames {
    private static final Pattern NAME = Pattern.compile("(\\*\\.)?([a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?\\.)*[a-z]([a-z0-9-]{0,61}[a-z0-9])?");
    private static final Pattern ADDRESS = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}|[0-9a-f:]*:[0-9a-f:.]*");
    private static final int DNS_NAME = 0x82;
    private static final int IP_ADDRESS = 0x87;

    private HostNames() {
    }

    /**
     * As certificates have it: in lower case, and other scripts in the letters of DNS.
     *
     * @throws IllegalArgumentException with a sentence when it is neither a name nor an address
     */
    public static String parse(String text) {
        String plain = text.strip().toLowerCase(Locale.ROOT).replaceAll("^\\[(.*)]$", "$1");
        if (isAddress(plain)) {
            return plain;
        }
        try {
            String name = plain.startsWith("*.") ? "*." + IDN.toASCII(plain.substring(2)) : IDN.toASCII(plain);
            if (name.length() <= 253 && NAME.matcher(name).matches()) {
                return name;
            }
        } catch (IllegalArgumentException e) {
            // told below
        }
        throw new IllegalArgumentException("\"" + text + "\" is neither a host name, such as files.example.org, nor an address, such as 192.0.2.7.");
    }

    static boolean isAddress(String name) {
        if (!ADDRESS.matcher(name).matches()) {
            return false;
        }
        try {
            bytes(name);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** Of an address; nobody is asked for it. */
    private static byte[] bytes(String address) {
        try {
            return InetAddress.getByName(address).getAddress();
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** Whether a certificate for {@code pattern} is good for {@code host} (RFC 9525, section 6.3). */
    static boolean covers(String pattern, String host) {
        if (isAddress(host) || isAddress(pattern)) {
            return isAddress(host) && isAddress(pattern) && Arrays.equals(bytes(host), bytes(pattern));
        }
        String lower = pattern.toLowerCase(Locale.ROOT);
        return lower.equals(host) || lower.startsWith("*.") && host.indexOf('.') > 0 && host.substring(host.indexOf('.')).equals(lower.substring(1));
    }

    /** The extension subjectAltName. */
    static byte[] extension(List<String> names) {
        byte[][] all = names.stream().map(name -> isAddress(name) ? Der.value(IP_ADDRESS, bytes(name))
                : Der.value(DNS_NAME, name.getBytes(StandardCharsets.US_ASCII))).toArray(byte[][]::new);
        return Der.sequence(Der.identifier("2.5.29.17"), Der.octets(Der.sequence(all)));
    }
}
