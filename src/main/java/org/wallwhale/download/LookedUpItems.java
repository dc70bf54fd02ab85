package org.wallwhale.download;

import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.wallwhale.workshop.Item;
import org.wallwhale.workshop.ItemDetails;
import org.wallwhale.workshop.MissingItem;
import org.wallwhale.workshop.PubfileId;

/** What was asked for, line by line. */
public record LookedUpItems(List<Line> items) {
    /** How far a line is known. */
    @Schema(name = "LookupResult")
    public enum Result {
        FOUND,
        /** The public sees no such item. */
        MISSING,
        /** Steam did not answer in time. */
        UNKNOWN,
        /** It names no item. */
        INVALID
    }

    /**
     * One line. What is not known is null.
     *
     * @param urlOrId as it was asked for
     * @param pubfileId null where it names no item
     * @param duplicateOf the number, from 0, of an earlier line with the same item
     * @param kind null where the item is not known, as {@code title}
     * @param title null where the item is not known
     * @param previewUrl null where Steam has none
     * @param sizeBytes of the item's content
     * @param items how many a collection holds
     * @param message a sentence where there is no item, else null
     */
    @Schema(name = "LookedUpItem")
    public record Line(String urlOrId, Result result, String pubfileId, Integer duplicateOf, Kind kind, String title, String previewUrl,
            Long appId, Long sizeBytes, Integer items, String message) {
        static Line invalid(String urlOrId, String message) {
            return new Line(urlOrId, Result.INVALID, null, null, null, null, null, null, null, null, message);
        }

        static Line of(String urlOrId, PubfileId id, Integer duplicateOf, Optional<Item> item) {
            if (item.isPresent() && item.get() instanceof ItemDetails found) {
                return new Line(urlOrId, Result.FOUND, id.value(), duplicateOf, found.isCollection() ? Kind.COLLECTION : Kind.ITEM,
                        found.title(), found.previewUrl().orElse(null), found.appId() == 0 ? null : found.appId(),
                        found.sizeBytes() < 0 ? null : found.sizeBytes(), found.isCollection() ? found.children().size() : null, null);
            }
            boolean missing = item.isPresent();
            return new Line(urlOrId, missing ? Result.MISSING : Result.UNKNOWN, id.value(), duplicateOf, null, null, null, null, null, null,
                    missing ? sentence((MissingItem) item.get()) : "Steam did not say in time what this item is.");
        }

        private static String sentence(MissingItem item) {
            return switch (item.why()) {
                case NOT_FOUND -> "Steam shows the public no such item.";
                case PRIVATE -> "The item is not public.";
                case BANNED -> "Steam banned the item.";
            };
        }
    }
}
