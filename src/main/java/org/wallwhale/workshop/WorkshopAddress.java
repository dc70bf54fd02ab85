package org.wallwhale.workshop;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The known addresses of a Workshop item's pages: {@code /sharedfiles/filedetails/?id=N}, {@code /workshop/filedetails/?id=N},
 * their {@code changelog/N}, {@code comments/N}, {@code discussions/N} and {@code discussion/N/…} pages on
 * {@code steamcommunity.com}, {@code steam://url/CommunityFilePage/N}, and {@code steam://openurl/} before one of them. Scheme
 * and host in any case; other parameters and the fragment are ignored.
 *
 * <p>Not {@link java.net.URI}: it refuses addresses that browsers show, such as those with blanks in a search text.
 */
final class WorkshopAddress {
    // No UNICODE_CASE here and below: folding beyond ASCII would take other letters, such as a long s, for those of the scheme.
    private static final Pattern ADDRESS = Pattern.compile(
        "(?is)(?:steam://openurl/)?(https?|steam)://([^/?#]*)([^?#]*)\\??([^#]*).*");
    private static final Pattern DETAILS = Pattern.compile("/(?:sharedfiles|workshop)/filedetails/?");
    private static final Pattern PAGE = Pattern.compile(
        "/(?:sharedfiles|workshop)/filedetails/(?:(?:changelog|comments)/([^/]*)/?|discussions?/([^/]*)(?:/[0-9A-Za-z_/-]*)?)");
    private static final Pattern COMMUNITY_FILE_PAGE = Pattern.compile("/CommunityFilePage/([^/]*)/?");

    private final boolean steam;
    private final String authority;
    private final String path;
    private final String query;
    private final Set<PubfileId> ids = new HashSet<>();

    WorkshopAddress(String text) {
        Matcher address = ADDRESS.matcher(text);
        if (!address.matches()) {
            throw PubfileId.neitherIdNorAddress();
        }
        steam = address.group(1).equalsIgnoreCase("steam");
        authority = address.group(2).toLowerCase(Locale.ROOT);
        path = address.group(3);
        query = address.group(4);
    }

    PubfileId id() {
        if (authority.contains("@")) {
            throw PubfileId.refused("The address holds a user name before its host. Remove everything up to the @.");
        }
        if (steam) {
            readSteamLink();
        } else {
            checkHost();
            readPage();
        }
        readQuery();
        if (ids.isEmpty()) {
            throw PubfileId.refused("The address names no item: its id is missing. Open the item's page and copy its address.");
        }
        if (ids.size() > 1) {
            throw PubfileId.refused("The address names two different ids. Send the one that you mean.");
        }
        return ids.iterator().next();
    }

    private void readSteamLink() {
        Matcher link = COMMUNITY_FILE_PAGE.matcher(path);
        if (!authority.equals("url") || !link.matches()) {
            throw PubfileId.refused(
                "This steam:// link does not lead to a Workshop item. steam://url/CommunityFilePage/ and an id does.");
        }
        add(link.group(1));
    }

    private void checkHost() {
        String host = until(':', authority);
        if (!host.equals("steamcommunity.com") && !host.equals("www.steamcommunity.com")) {
            throw PubfileId.refused("The address belongs to another host. Only pages of steamcommunity.com name Workshop items.");
        }
        if (host.length() < authority.length()) {
            throw PubfileId.refused("The address names a port. Remove the colon behind the host and the port's number.");
        }
    }

    private void readPage() {
        if (DETAILS.matcher(path).matches()) {
            return;
        }
        Matcher page = PAGE.matcher(path);
        if (!page.matches()) {
            throw PubfileId.refused(
                "This page of steamcommunity.com does not belong to a Workshop item. Open the item's page and copy its address.");
        }
        add(page.group(page.group(1) == null ? 2 : 1));
    }

    private void readQuery() {
        for (String parameter : query.split("&")) {
            String name = until('=', parameter);
            // Steam decodes names: an id behind an encoded name is an id as well.
            if (name.replace("%69", "i").replace("%64", "d").equals("id")) {
                add(parameter.substring(Math.min(name.length() + 1, parameter.length())));
            }
        }
    }

    private void add(String digits) {
        if (!digits.isEmpty()) {
            ids.add(PubfileId.checked(digits));
        }
    }

    private static String until(char end, String text) {
        int at = text.indexOf(end);
        return at < 0 ? text : text.substring(0, at);
    }
}
