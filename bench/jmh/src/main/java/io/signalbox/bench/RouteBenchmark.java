package io.signalbox.bench;

import io.signalbox.mesh.model.Headers;
import io.signalbox.mesh.model.RequestHead;
import io.signalbox.mesh.proxy.message.Fields;
import io.signalbox.mesh.routing.RouteDecision;
import io.signalbox.mesh.routing.RouteTable;
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

/** What it costs to decide where a request goes. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class RouteBenchmark {

    private final RouteTable table = RouteTable.of(Catalog.mesh());
    private final SplittableRandom random = new SplittableRandom(1);
    private final RequestHead regular = head("regular");
    private final RequestHead premium = head("premium");

    /** The rule looks at the request and passes; the split draws. */
    @Benchmark
    public RouteDecision bySplit() {
        return table.decide(Catalog.NAME, regular, random);
    }

    @Benchmark
    public RouteDecision byRule() {
        return table.decide(Catalog.NAME, premium, random);
    }

    private static RequestHead head(String userType) {
        Fields fields = new Fields();
        fields.add("Host", "catalog");
        fields.add("User-Agent", "bench");
        fields.add("Accept", "*/*");
        fields.add("X-User-Type", userType);
        return new Head(fields);
    }

    private record Head(Fields fields) implements RequestHead {

        @Override
        public String method() {
            return "GET";
        }

        @Override
        public String path() {
            return "/items/42";
        }

        @Override
        public Headers headers() {
            return fields;
        }
    }
}
