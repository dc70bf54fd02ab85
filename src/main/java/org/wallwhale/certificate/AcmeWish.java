package org.wallwhale.certificate;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Properties;

/**
 * Which certificate is wanted of whom.
 *
 * @param directory of the certificate authority (RFC 8555, section 7.1.1)
 * @param authority PEM of who vouches for the directory itself; empty for those that this Java trusts
 * @param names as {@link HostNames#parse} gives them
 * @param mail where the authority writes to about the account
 * @param port to which the operator has port 80 forwarded; empty where they said nothing
 */
public record AcmeWish(URI directory, Optional<String> authority, List<String> names, Optional<String> mail, Optional<Integer> port) {
    static AcmeWish of(Properties properties) {
        return new AcmeWish(URI.create(properties.getProperty("directory", "")), Optional.ofNullable(properties.getProperty("authority")),
                List.of(properties.getProperty("names", "").split(",")), Optional.ofNullable(properties.getProperty("mail")),
                Optional.ofNullable(properties.getProperty("port")).map(Integer::valueOf));
    }

    Properties properties() {
        Properties properties = new Properties();
        properties.setProperty("directory", directory.toString());
        authority.ifPresent(pem -> properties.setProperty("authority", pem));
        properties.setProperty("names", String.join(",", names));
        mail.ifPresent(address -> properties.setProperty("mail", address));
        port.ifPresent(number -> properties.setProperty("port", String.valueOf(number)));
        return properties;
    }
}
