package org.wallwhale.workshop;

/** What Steam's public details say of an id. */
public sealed interface Item permits ItemDetails, MissingItem {
    String pubfileId();
}
