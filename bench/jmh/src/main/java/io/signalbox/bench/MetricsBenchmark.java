package io.signalbox.bench;

import io.signalbox.mesh.metrics.Channel;
import io.signalbox.mesh.metrics.EdgeRecorder;
import io.signalbox.mesh.metrics.SidecarMetrics;
import io.signalbox.mesh.model.AnsweredBy;
import io.signalbox.mesh.model.Protocol;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What it costs to count and time one call. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class MetricsBenchmark {

    private final SidecarMetrics metrics = new SidecarMetrics("storefront", "storefront-1", List::of);
    private long nanos;

    @Benchmark
    public EdgeRecorder call() {
        EdgeRecorder edge = metrics.edge(Catalog.NAME, "v1", "catalog-1", Protocol.HTTP, Channel.PLAIN);
        edge.begin();
        edge.splitDraw();
        nanos = (nanos + 7_919) & 0xf_ffff;
        edge.end(200, AnsweredBy.UPSTREAM, null, nanos);
        return edge;
    }
}
