package io.signalbox.shop.load;

import io.signalbox.mesh.model.status.Latency;
import io.signalbox.mesh.model.status.LoadStatus;
import org.jspecify.annotations.Nullable;

/**
 * What the shoppers saw since the start.
 *
 * @param refused answers of 400 to 499, which are not failures
 * @param latency from the intended start of each request to the end of its answer; {@code null} before the first
 */
public record LoadReport(
        LoadStatus status, long refused, @Nullable Latency latency) {}
