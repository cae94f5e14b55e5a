package io.signalbox.mesh.proxy.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.mesh.explain.DecisionLog;
import io.signalbox.mesh.explain.Kept;
import io.signalbox.mesh.explain.RequestFilter;
import io.signalbox.mesh.explain.RequestLine;
import io.signalbox.mesh.explain.Tap;
import io.signalbox.mesh.metrics.SidecarMetrics;
import io.signalbox.mesh.mirror.MirrorLog;
import io.signalbox.mesh.model.AnsweredBy;
import io.signalbox.mesh.model.Endpoint;
import io.signalbox.mesh.model.MeshConfig;
import io.signalbox.mesh.model.Protocol;
import io.signalbox.mesh.model.ServiceConfig;
import io.signalbox.mesh.model.TrafficPolicy;
import io.signalbox.mesh.proxy.message.Fields;
import io.signalbox.mesh.proxy.relay.BodyLength;
import io.signalbox.mesh.proxy.relay.RequestMessage;
import io.signalbox.mesh.proxy.transport.HttpVersion;
import io.signalbox.mesh.routing.RouteDecision;
import io.signalbox.mesh.routing.RouteTable;
import io.signalbox.mesh.routing.StableKeys;
import io.signalbox.mesh.time.ManualTime;
import io.signalbox.mesh.trace.SpanLog;
import io.signalbox.mesh.trace.TraceContext;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CallLedgerTest {

    private final ManualTime time = new ManualTime();
    private final Random random = new Random(7);
    private final SidecarMetrics metrics = new SidecarMetrics("shop", "shop-1", List::of);
    private final OutboundRequests.Environment environment = new OutboundRequests.Environment(
            "shop",
            "shop-1",
            new Circuits(_ -> null, time, time, random),
            metrics,
            new SpanLog(8, time),
            new DecisionLog(8, 8),
            new MirrorLog(),
            time,
            time,
            random);

    @Test
    void theLatencyOfACallGoesToTheEndOfItsAnswer() {
        assertThat(latencyOf(Protocol.HTTP)).isEqualTo(Duration.ofMillis(1_010));
    }

    @Test
    void theLatencyOfGrpcGoesToTheHeadSinceAStreamHasNoEndOfItsOwn() {
        assertThat(latencyOf(Protocol.GRPC)).isEqualTo(Duration.ofMillis(10));
    }

    @Test
    void aCallThatTakesMoreThanHalfItsTimeoutIsKeptForBeingSlow() {
        assertThat(keptOf(Duration.ofMillis(1_001), "")).containsExactly(Kept.SLOW);
        assertThat(keptOf(Duration.ofMillis(1_001), "0")).containsExactly(Kept.SLOW);
        assertThat(keptOf(Duration.ofMillis(999), "")).containsExactly(Kept.SAMPLED);
    }

    @Test
    void aCallThatNobodyWantsRecordedIsNotKept() {
        assertThat(keptOf(Duration.ofMillis(10), "0")).isEmpty();
    }

    /** @param sampled what the caller decided about its trace; empty for nothing */
    private List<Kept> keptOf(Duration duration, String sampled) {
        DecisionLog decisions = environment.decisions();
        Tap tap = Tap.of(RequestFilter.ALL, List.of(decisions), time);
        Fields fields = new Fields();
        if (!sampled.isEmpty()) {
            fields.add("X-B3-Sampled", sampled);
        }
        RequestMessage head = new RequestMessage(HttpVersion.HTTP_1_1, "GET", "/", "catalog", fields, BodyLength.NONE);
        RouteTable table = RouteTable.of(new MeshConfig(
                1, Map.of("catalog", ServiceConfig.starting(TrafficPolicy.defaults("catalog"), List.of()))));
        CallLedger ledger = new CallLedger(environment, head, TraceContext.extract(fields, random));
        ledger.decidedBy(table);
        ledger.routed((RouteDecision.Routed) table.decide("catalog", head, random), StableKeys.NONE);
        time.advance(duration);
        ledger.ended(200, AnsweredBy.UPSTREAM, null);
        return tap.next().requests().stream().map(RequestLine::kept).toList();
    }

    /** Of a call whose head comes after ten milliseconds, and whose end a second later. */
    private Duration latencyOf(Protocol protocol) {
        Fields fields = new Fields();
        CallLedger ledger = new CallLedger(
                environment,
                new RequestMessage(HttpVersion.HTTP_1_1, "POST", "/", "pricing", fields, BodyLength.NONE),
                TraceContext.extract(fields, random));
        ledger.attempt(new Endpoint("pricing", "pricing-1", "v1", "127.0.0.1", 1, protocol, null));
        time.advance(Duration.ofMillis(10));
        ledger.headCame();
        time.advance(Duration.ofSeconds(1));
        ledger.ended(200, AnsweredBy.UPSTREAM, null);
        long nanos = metrics.drain().getFirst().latency().getMaxValue();
        return Duration.ofMillis(nanos / 10_000_000 * 10);
    }
}
