package io.signalbox.mesh.canary;

import io.signalbox.mesh.model.InvalidValueException;
import java.time.Duration;

/**
 * What the stable version and the candidate did side by side in one span of time, about ten seconds long.
 *
 * <p>Both were called at the same time, and chance or a hash of the caller decided which of them: that is all the verdict
 * rests on. A span in which the weights changed is two windows, or is left out. Time of which nothing is known is left out.
 */
public record Window(Duration span, Slice stable, Slice candidate) {

    public Window {
        InvalidValueException.unless(span.isPositive(), "window.span", span, "more than zero");
    }

    /** The same with each version in the other's place. */
    public Window swapped() {
        return new Window(span, /* stable= */ candidate, /* candidate= */ stable);
    }
}
