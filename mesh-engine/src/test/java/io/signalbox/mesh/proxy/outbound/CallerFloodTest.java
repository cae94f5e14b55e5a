package io.signalbox.mesh.proxy.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.mesh.explain.DecisionLog;
import io.signalbox.mesh.explain.RequestFilter;
import io.signalbox.mesh.model.MeshConfig;
import io.signalbox.mesh.model.Protection;
import io.signalbox.mesh.model.RateLimit;
import io.signalbox.mesh.model.ServiceConfig;
import io.signalbox.mesh.model.TrafficPolicy;
import io.signalbox.mesh.proxy.inbound.InboundRequests;
import io.signalbox.mesh.proxy.message.Fields;
import io.signalbox.mesh.proxy.relay.BodyLength;
import io.signalbox.mesh.proxy.relay.RequestMessage;
import io.signalbox.mesh.proxy.transport.HttpVersion;
import io.signalbox.mesh.proxy.transport.Target;
import io.signalbox.mesh.trace.SpanLog;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What is written down of a flood that a limit of callers refuses. */
class CallerFloodTest {

    private static final String APPLICATION = "application";

    private final StagedMesh mesh = new StagedMesh();
    private final DecisionLog decisions = new DecisionLog(2_048, 16);
    private final InboundRequests inbound = new InboundRequests(new InboundRequests.Environment(
            "shop",
            "v1",
            "shop-1",
            new Target("shop", APPLICATION, 1, null, Target.Speech.HTTP1),
            new SpanLog(8, mesh.time),
            decisions,
            mesh.metrics,
            mesh.time,
            mesh.time,
            new Random(5),
            mesh.deadlines));

    @Test
    void aFloodPushesNothingElseOut() {
        limit();
        for (int i = 0; i < 1_000; i++) {
            asked("flooder");
        }
        asked("other");
        asked("other");

        assertThat(recordsOf("flooder")).isEqualTo(10);
        assertThat(recordsOf("other")).isEqualTo(1);
        mesh.time.advance(Duration.ofMillis(100));
        asked("flooder");
        assertThat(recordsOf("flooder")).isEqualTo(11);
    }

    private void limit() {
        mesh.endpoint(APPLICATION, attempt -> attempt.answer(Duration.ZERO, 200));
        inbound.apply(new MeshConfig(
                7,
                Map.of(
                        "shop",
                        ServiceConfig.starting(
                                TrafficPolicy.defaults("shop")
                                        .withProtection(Protection.NONE.withCallerLimit(
                                                new RateLimit(1, Duration.ofHours(1), 1))),
                                List.of()))));
    }

    private long recordsOf(String source) {
        return decisions.newest(RequestFilter.ALL, 2_048).stream()
                .filter(record -> record.source().equals(source))
                .count();
    }

    private void asked(String caller) {
        inbound.handle(new StagedExchange(
                mesh,
                "spiffe://test.signalbox/service/" + caller,
                new RequestMessage(HttpVersion.HTTP_1_1, "GET", "/", "shop", new Fields(), BodyLength.NONE)));
    }
}
