package io.signalbox.mesh.proxy.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.mesh.metrics.SidecarMetrics;
import io.signalbox.mesh.model.AnsweredBy;
import io.signalbox.mesh.model.Endpoint;
import io.signalbox.mesh.model.Protocol;
import io.signalbox.mesh.proxy.message.Fields;
import io.signalbox.mesh.proxy.relay.BodyLength;
import io.signalbox.mesh.proxy.relay.RequestMessage;
import io.signalbox.mesh.time.ManualTime;
import io.signalbox.mesh.trace.SpanLog;
import io.signalbox.mesh.trace.TraceContext;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CallLedgerTest {

    private final ManualTime time = new ManualTime();
    private final Random random = new Random(7);
    private final SidecarMetrics metrics = new SidecarMetrics("shop", "shop-1", List::of);
    private final OutboundRequests.Environment environment = new OutboundRequests.Environment(
            "shop", new Circuits(_ -> null, time, time, random), metrics, new SpanLog(8, time), time, time, random);

    @Test
    void theLatencyOfACallGoesToTheEndOfItsAnswer() {
        assertThat(latencyOf(Protocol.HTTP)).isEqualTo(Duration.ofMillis(1_010));
    }

    @Test
    void theLatencyOfGrpcGoesToTheHeadSinceAStreamHasNoEndOfItsOwn() {
        assertThat(latencyOf(Protocol.GRPC)).isEqualTo(Duration.ofMillis(10));
    }

    /** Of a call whose head comes after ten milliseconds, and whose end a second later. */
    private Duration latencyOf(Protocol protocol) {
        Fields fields = new Fields();
        CallLedger ledger = new CallLedger(
                environment,
                new RequestMessage("POST", "/", "pricing", fields, BodyLength.NONE),
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
