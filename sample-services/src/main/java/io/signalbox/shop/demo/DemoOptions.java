package io.signalbox.shop.demo;

import io.signalbox.mesh.model.InvalidValueException;
import io.signalbox.shop.CornerShopOptions;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How a demo is run.
 *
 * @param controlPort where the control plane listens, 1..65535; empty for any free port
 * @param duration how long the load runs; empty until it is stopped
 */
public record DemoOptions(
        CornerShopOptions shop, Layout layout, OptionalInt controlPort, Optional<Duration> duration, Output output) {

    public DemoOptions {
        controlPort.ifPresent(
                port -> InvalidValueException.unless(port >= 1 && port <= 65535, "control-port", port, "1..65535"));
        duration.ifPresent(time -> InvalidValueException.unless(time.isPositive(), "duration", time, "more than zero"));
    }

    /** What is written to the standard output. */
    public enum Output {
        /** The ready line, a live table, and a summary for people. */
        TEXT,
        /** The summary alone, as JSON; the ready line goes to the standard error. */
        JSON
    }
}
