package io.signalbox.bench;

import io.signalbox.mesh.balance.Arrivals;
import io.signalbox.mesh.balance.Balancer;
import io.signalbox.mesh.balance.CallWatch;
import io.signalbox.mesh.model.BalancingStrategy;
import io.signalbox.mesh.model.Endpoint;
import io.signalbox.mesh.model.HashOn;
import io.signalbox.mesh.model.LoadBalancing;
import io.signalbox.mesh.time.Ticker;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What it costs to pick one endpoint, by strategy and by how many there are. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class BalancerBenchmark {

    /** All there are. */
    @Param
    public BalancingStrategy strategy = BalancingStrategy.ROUND_ROBIN;

    @Param({"2", "20"})
    public int endpoints = 2;

    /** Keys that differ in all their bits, one a pick. */
    private static final long GOLDEN = 0x9e3779b97f4a7c15L;

    private long key;
    private List<Endpoint> candidates = List.of();
    private Balancer balancer = balancer();

    @Setup
    public void build() {
        candidates = Catalog.endpoints(endpoints);
        balancer = balancer();
        balancer.follow(candidates);
        for (Endpoint endpoint : candidates) {
            CallWatch watch = balancer.watch(endpoint);
            if (watch != null) {
                watch.answered();
            }
        }
    }

    @Benchmark
    public @Nullable Endpoint pick() {
        key += GOLDEN;
        return balancer.pick(candidates, endpoint -> endpoint.port() & 3, key);
    }

    private Balancer balancer() {
        boolean needsKey = strategy == BalancingStrategy.RING_HASH || strategy == BalancingStrategy.MAGLEV;
        LoadBalancing how =
                needsKey ? LoadBalancing.hashing(strategy, new HashOn.Path()) : LoadBalancing.plain(strategy);
        return Balancer.of(how, new Arrivals(Ticker.system()), new SplittableRandom(1), Ticker.system());
    }
}
