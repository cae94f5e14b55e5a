package io.signalbox.mesh.metrics;

import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.DataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricMetadata;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** One exposition for many sidecars: each series carries its sidecar's instance in the label {@code sidecar}. */
public final class MeshScrape {

    private MeshScrape() {}

    public static void write(OutputStream out, ScrapeFormat format, Collection<SidecarMetrics> sidecars)
            throws IOException {
        Map<String, Family> families = new TreeMap<>();
        for (SidecarMetrics sidecar : sidecars) {
            Labels label = Labels.of("sidecar", sidecar.instanceId());
            for (MetricSnapshot snapshot : sidecar.snapshots()) {
                families.computeIfAbsent(snapshot.getMetadata().getName(), _ -> new Family(snapshot.getMetadata()))
                        .add(snapshot, label);
            }
        }
        format.write(
                out,
                new MetricSnapshots(
                        families.values().stream().map(Family::merged).toList()));
    }

    private static final class Family {
        private final MetricMetadata metadata;
        private final List<CounterDataPointSnapshot> counters = new ArrayList<>();
        private final List<GaugeDataPointSnapshot> gauges = new ArrayList<>();
        private final List<HistogramDataPointSnapshot> histograms = new ArrayList<>();

        Family(MetricMetadata metadata) {
            this.metadata = metadata;
        }

        void add(MetricSnapshot snapshot, Labels label) {
            for (DataPointSnapshot point : snapshot.getDataPoints()) {
                Labels labels = point.getLabels().merge(label);
                switch (point) {
                    case CounterDataPointSnapshot c ->
                        counters.add(new CounterDataPointSnapshot(
                                c.getValue(), labels, c.getExemplar(), c.getCreatedTimestampMillis()));
                    case GaugeDataPointSnapshot g ->
                        gauges.add(new GaugeDataPointSnapshot(g.getValue(), labels, g.getExemplar()));
                    case HistogramDataPointSnapshot h -> histograms.add(labelled(h, labels));
                    default -> throw new IllegalStateException("No family is of type " + point.getClass());
                }
            }
        }

        MetricSnapshot merged() {
            if (!histograms.isEmpty()) {
                return new HistogramSnapshot(metadata, histograms);
            }
            return counters.isEmpty() ? new GaugeSnapshot(metadata, gauges) : new CounterSnapshot(metadata, counters);
        }

        private static HistogramDataPointSnapshot labelled(HistogramDataPointSnapshot h, Labels labels) {
            return new HistogramDataPointSnapshot(
                    h.getClassicBuckets(),
                    h.getNativeSchema(),
                    h.getNativeZeroCount(),
                    h.getNativeZeroThreshold(),
                    h.getNativeBucketsForPositiveValues(),
                    h.getNativeBucketsForNegativeValues(),
                    h.getSum(),
                    labels,
                    h.getExemplars(),
                    h.getCreatedTimestampMillis());
        }
    }
}
