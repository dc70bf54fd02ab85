package org.wallwhale.health;

import org.wallwhale.engine.ToolState;

/**
 * The DepotDownloader of this instance.
 *
 * @param found whether it is there and can be run
 * @param state {@code ready}; {@code none} where none is set up, {@code unknown} before the first look, {@code missing}, {@code broken},
 *     {@code old}
 * @param version such as {@code 3.4.0}; null where the tool did not say it
 * @param problem what is wrong, a sentence; null where nothing is
 * @param cure what to do about it, a sentence; null where nothing is wrong
 * @param howToGetIt a sentence
 * @param sandboxEnabled whether the account name {@code sandbox} is taken
 */
public record EngineView(boolean found, ToolState state, String version, String problem, String cure, String howToGetIt,
        boolean sandboxEnabled) {
}
