package io.signalbox.mesh.metrics;

import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.OpenMetricsTextFormatWriter;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/** A text format that Prometheus reads. */
public enum ScrapeFormat {
    PROMETHEUS,
    OPEN_METRICS;

    private static final ExpositionFormatWriter PROMETHEUS_WRITER = PrometheusTextFormatWriter.create();
    private static final ExpositionFormatWriter OPEN_METRICS_WRITER = OpenMetricsTextFormatWriter.create();

    /** The format that an {@code Accept} field asks for; the Prometheus text format unless it names OpenMetrics. */
    public static ScrapeFormat accepted(@Nullable String accept) {
        return accept != null && accept.contains("application/openmetrics-text") ? OPEN_METRICS : PROMETHEUS;
    }

    public String contentType() {
        return writer().getContentType();
    }

    void write(OutputStream out, MetricSnapshots snapshots) throws IOException {
        writer().write(out, snapshots, EscapingScheme.DEFAULT);
    }

    private ExpositionFormatWriter writer() {
        return switch (this) {
            case PROMETHEUS -> PROMETHEUS_WRITER;
            case OPEN_METRICS -> OPEN_METRICS_WRITER;
        };
    }
}
