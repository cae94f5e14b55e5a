package io.signalbox.bench;

import io.signalbox.mesh.proxy.message.Fields;
import io.signalbox.mesh.trace.RequestId;
import io.signalbox.mesh.trace.TraceContext;
import java.util.SplittableRandom;
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

/** What it costs to read the trace of a request, to open a span in it and to hand it on. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class TraceBenchmark {

    private final SplittableRandom random = new SplittableRandom(1);
    private final Fields untraced = new Fields();
    private final Fields traced = new Fields();

    public TraceBenchmark() {
        untraced.add("Host", "catalog");
        traced.add("Host", "catalog");
        traced.add(RequestId.HEADER, "0b6c6a5e-56a9-4b9e-b1de-0b0f9b3a7c11");
        traced.add("traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01");
    }

    @Benchmark
    public Fields begun() {
        return handedOn(untraced);
    }

    @Benchmark
    public Fields continued() {
        return handedOn(traced);
    }

    private Fields handedOn(Fields received) {
        Fields headers = received.copy();
        TraceContext.extract(received, random).child(random).inject(headers);
        headers.set(RequestId.HEADER, RequestId.keptOrNew(headers, random));
        return headers;
    }
}
