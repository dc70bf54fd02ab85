package org.wallwhale.page;

import com.microsoft.playwright.options.ColorScheme;

/** How a page is looked at. */
enum Look {
    LIGHT(1360, 900, ColorScheme.LIGHT), DARK(1360, 900, ColorScheme.DARK), PHONE(390, 844, ColorScheme.LIGHT);

    final int width;
    final int height;
    final ColorScheme colors;

    Look(int width, int height, ColorScheme colors) {
        this.width = width;
        this.height = height;
        this.colors = colors;
    }
}
