package org.wallwhale.download;

import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/**
 * The contents of several downloads, each in a folder with the item's id as its name. Where there are several contents of one id,
 * such as the sandbox's besides Steam's, or two versions, the further ones have {@code -2} and so on behind it: Steam's come first,
 * then those submitted earlier.
 */
final class ContentFolders {
    private static final Comparator<Download> ORDER = Comparator.comparing((Download download) -> download.wish().source() == Source.SANDBOX)
            .thenComparing(download -> download.times().createdAt()).thenComparing(Download::id);

    private ContentFolders() {
    }

    /** Of those that have content, by the folder's name. */
    static Map<String, UUID> of(List<Download> downloads) {
        Map<String, UUID> folders = new TreeMap<>();
        Set<UUID> seen = new HashSet<>();
        for (Download download : downloads.stream().filter(ContentFolders::hasContent).sorted(ORDER).toList()) {
            if (seen.add(download.holdings().contentId())) {
                folders.put(free(download.wish().pubfileId(), folders.keySet()), download.holdings().contentId());
            }
        }
        return folders;
    }

    private static boolean hasContent(Download download) {
        return download.status() == Status.SUCCESS && download.holdings().hasContent();
    }

    private static String free(String item, Set<String> taken) {
        String name = item;
        for (int number = 2; taken.contains(name); number++) {
            name = item + "-" + number;
        }
        return name;
    }
}
