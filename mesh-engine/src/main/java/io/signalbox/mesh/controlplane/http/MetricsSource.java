package io.signalbox.mesh.controlplane.http;

import io.signalbox.mesh.metrics.ScrapeFormat;
import java.io.IOException;
import java.io.OutputStream;

/** Writes the metrics of the whole mesh. */
@FunctionalInterface
public interface MetricsSource {

    void write(OutputStream out, ScrapeFormat format) throws IOException;
}
