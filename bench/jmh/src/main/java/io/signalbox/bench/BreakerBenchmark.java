package io.signalbox.bench;

import io.signalbox.mesh.model.CircuitBreakerConfig;
import io.signalbox.mesh.resilience.CircuitBreaker;
import io.signalbox.mesh.resilience.Permit;
import io.signalbox.mesh.time.Ticker;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What it costs to ask a circuit for leave and to tell it how the call went. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class BreakerBenchmark {

    private final CircuitBreaker closed = breaker();
    private final CircuitBreaker open = breaker();

    @Setup
    public void open() {
        open.forceOpen("bench", "to be open");
    }

    @Benchmark
    public @Nullable Permit success() {
        Permit permit = closed.tryAcquire();
        if (permit != null) {
            permit.success();
        }
        return permit;
    }

    @Benchmark
    public @Nullable Permit refusal() {
        return open.tryAcquire();
    }

    private static CircuitBreaker breaker() {
        return new CircuitBreaker(
                CircuitBreakerConfig.DEFAULT, Ticker.system(), InstantSource.system(), transition -> {});
    }
}
