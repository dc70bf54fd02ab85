package org.wallwhale.access;

import inet.ipaddr.AddressStringException;
import inet.ipaddr.AddressStringParameters;
import inet.ipaddr.IPAddress;
import inet.ipaddr.IPAddressString;
import inet.ipaddr.IPAddressStringParameters;
import inet.ipaddr.IncompatibleAddressException;
import java.util.List;
import java.util.Optional;

/**
 * Addresses and networks in CIDR notation (RFC 4632, RFC 4291), IPv4 and IPv6. An IPv4 address in IPv6's clothes
 * ({@code ::ffff:192.0.2.1}) counts as the IPv4 address. Older spellings, such as {@code 0x7f.1}, are no addresses.
 */
final class Networks {
    private static final IPAddressStringParameters STRICT = new IPAddressStringParameters.Builder().allowEmpty(false).allowAll(false)
            .allowWildcardedSeparator(false).allowSingleSegment(false).allowMask(false)
            .setRangeOptions(AddressStringParameters.RangeParameters.NO_RANGE)
            .getIPv4AddressParametersBuilder().allow_inet_aton(false).getParentBuilder()
            .getIPv6AddressParametersBuilder().allowZone(true).allowBase85(false).getParentBuilder().toParams();
    private final List<IPAddress> networks;

    private Networks(List<IPAddress> networks) {
        this.networks = networks;
    }

    /** IllegalArgumentException, with a sentence, for what is none. */
    static Networks of(List<String> texts) {
        return new Networks(texts.stream().map(text -> parse(text).map(IPAddress::toPrefixBlock).orElseThrow(
                () -> new IllegalArgumentException("\"" + text + "\" is no address and no network such as 192.0.2.0/24 or 2001:db8::/32"))).toList());
    }

    static boolean isNetwork(String text) {
        return parse(text).isPresent();
    }

    /** True where nothing is listed. */
    boolean isEmpty() {
        return networks.isEmpty();
    }

    /** False for what is no address. */
    boolean contains(String address) {
        return parse(address).filter(one -> networks.stream().anyMatch(network -> network.contains(one))).isPresent();
    }

    /** The one way to write an address; empty for what is none. */
    static Optional<String> canonical(String address) {
        return parse(address).filter(one -> !one.isPrefixed() && !one.isMultiple()).map(IPAddress::toCanonicalString);
    }

    private static Optional<IPAddress> parse(String text) {
        try {
            IPAddress address = new IPAddressString(text.strip(), STRICT).toAddress();
            if (address.isIPv6() && address.toIPv6().isIPv4Mapped()) {
                return Optional.of(address.toIPv6().getEmbeddedIPv4Address());
            }
            return Optional.of(address.isIPv6() ? address.toIPv6().removeZone() : address);
        } catch (AddressStringException | IncompatibleAddressException e) {
            return Optional.empty();
        }
    }
}
