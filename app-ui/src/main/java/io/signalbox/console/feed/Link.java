package io.signalbox.console.feed;

import java.time.Instant;

/** How the console and its mesh stand to each other. */
public sealed interface Link {

    /** No snapshot has come yet. */
    record Connecting() implements Link {}

    /** Snapshots come. */
    record Live() implements Link {}

    /**
     * The connection is broken and tried again by itself; what is shown is from before.
     *
     * @param why in words for a person
     * @param since when it broke
     */
    record Lost(String why, Instant since) implements Link {}
}
