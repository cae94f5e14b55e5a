package io.signalbox.mesh.proxy.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.mesh.explain.DecisionLog;
import io.signalbox.mesh.model.TrafficPolicy;
import io.signalbox.mesh.proxy.filter.MeshFields;
import io.signalbox.mesh.proxy.filter.TimeLeft;
import io.signalbox.mesh.proxy.inbound.InboundRequests;
import io.signalbox.mesh.proxy.message.Fields;
import io.signalbox.mesh.proxy.relay.BodyLength;
import io.signalbox.mesh.proxy.relay.RequestMessage;
import io.signalbox.mesh.proxy.transport.HttpVersion;
import io.signalbox.mesh.proxy.transport.Target;
import io.signalbox.mesh.trace.SpanLog;
import java.time.Duration;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The time of a call from hop to hop: a sidecar whose application is asked, and asks in turn. */
class DeadlineHopsTest {

    private static final String APPLICATION = "application";
    private static final String CALLER = "spiffe://test.signalbox/ns/default/sa/shop";
    private static final String TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    private static final String OTHER_SPAN = "00-0af7651916cd43dd8448eb211c80319c-00f067aa0ba902b7-01";

    private final StagedMesh mesh = new StagedMesh();
    private final InboundRequests inbound = new InboundRequests(new InboundRequests.Environment(
            "shop",
            "v1",
            "shop-1",
            new Target("shop", APPLICATION, 1, null, Target.Speech.HTTP1),
            new SpanLog(8, mesh.time),
            new DecisionLog(8, 8),
            mesh.metrics,
            mesh.time,
            mesh.time,
            new Random(5),
            mesh.deadlines));

    @Test
    void theApplicationsAnswerIsBoundedByWhatTheCallerHasLeft() {
        mesh.endpoint(APPLICATION, attempt -> {});

        StagedExchange asked = asked(CALLER, "250");
        mesh.time.advance(Duration.ofMillis(249));
        assertThat(asked.status()).isZero();
        mesh.time.advance(Duration.ofMillis(1));

        assertThat(asked.status()).isEqualTo(504);
        assertThat(asked.cause()).isEqualTo("timeout");
        assertThat(mesh.attempts.getFirst().isAbandoned()).isTrue();
    }

    @Test
    void theApplicationsOwnCallsOfThatTraceGetAtMostWhatIsLeft() {
        mesh.endpoint(APPLICATION, attempt -> {});
        mesh.endpoint("a", attempt -> {}).policy(TrafficPolicy.defaults(StagedMesh.SERVICE));

        asked(CALLER, "400");
        mesh.time.advance(Duration.ofMillis(300));
        StagedExchange call = calls(OTHER_SPAN);
        StagedExchange stranger = calls("00-11111111111111111111111111111111-b7ad6b7169203331-01");
        mesh.time.advance(Duration.ofMillis(101));

        assertThat(call.status()).isEqualTo(504);
        assertThat(call.took()).isEqualTo(Duration.ofMillis(100));
        assertThat(stranger.status()).as("another trace").isZero();
    }

    @Test
    void whatIsCalledWhenTheTimeIsOverReachesNobody() {
        mesh.endpoint(APPLICATION, attempt -> {});
        mesh.endpoint("a", attempt -> attempt.answer(Duration.ZERO, 200))
                .policy(TrafficPolicy.defaults(StagedMesh.SERVICE));

        asked(CALLER, "400");
        mesh.time.advance(Duration.ofMillis(500));
        StagedExchange call = calls(OTHER_SPAN);

        assertThat(call.status()).isEqualTo(504);
        assertThat(call.cause()).isEqualTo("timeout");
        assertThat(mesh.asked()).containsExactly(APPLICATION);
    }

    @Test
    void afterTheAnswerTheApplicationMayTakeItsTime() {
        mesh.endpoint(APPLICATION, attempt -> attempt.answer(Duration.ofMillis(10), 200));
        mesh.endpoint("a", attempt -> attempt.answer(Duration.ofSeconds(3), 200))
                .policy(TrafficPolicy.defaults(StagedMesh.SERVICE));

        StagedExchange asked = asked(CALLER, "400");
        mesh.time.advance(Duration.ofMillis(20));
        StagedExchange call = calls(OTHER_SPAN);
        mesh.time.advance(Duration.ofSeconds(4));

        assertThat(asked.status()).isEqualTo(200);
        assertThat(call.status()).isEqualTo(200);
    }

    @Test
    void aRequestWithoutTimeDoesNotReachTheApplication() {
        mesh.endpoint(APPLICATION, attempt -> attempt.answer(Duration.ZERO, 200));

        assertThat(asked(CALLER, "0").status()).isEqualTo(504);
        assertThat(mesh.attempts).isEmpty();
    }

    @Test
    void aStrangerIsNotBelieved() {
        mesh.endpoint(APPLICATION, attempt -> attempt.answer(Duration.ofSeconds(1), 200));

        StagedExchange asked = asked(null, "5");
        mesh.time.advance(Duration.ofSeconds(2));

        assertThat(asked.status()).isEqualTo(200);
        assertThat(mesh.attempts.getFirst().head.headers().first(MeshFields.DEADLINE))
                .isNull();
    }

    @Test
    void neitherTheApplicationNorAnEndpointWithoutASidecarIsTold() {
        mesh.endpoint(APPLICATION, attempt -> attempt.answer(Duration.ZERO, 200));
        mesh.endpoint("a", attempt -> attempt.answer(Duration.ZERO, 200))
                .policy(TrafficPolicy.defaults(StagedMesh.SERVICE));

        asked(CALLER, "1000");
        calls(OTHER_SPAN);

        assertThat(mesh.attempts)
                .hasSize(2)
                .allSatisfy(attempt -> assertThat(attempt.head.headers().first(MeshFields.DEADLINE))
                        .isNull());
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
        PT0S,           0
        PT0.000000001S, 1
        PT0.25S,        250
        PT15S,          15000
        PT8760H,        999999999
        """)
    void whatIsLeftIsSaidInMillisecondsRoundedUp(Duration left, String said) {
        Fields fields = new Fields();
        TimeLeft.tell(fields, left);

        assertThat(fields.first(MeshFields.DEADLINE)).isEqualTo(said);
        assertThat(TimeLeft.said(fields)).isEqualTo(Duration.ofMillis(Long.parseLong(said)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1", "1.5", "10s", "1000000000", " 5"})
    void whatIsNoNumberSaysNothing(String said) {
        Fields fields = new Fields();
        fields.add(MeshFields.DEADLINE, said);

        assertThat(TimeLeft.said(fields)).isNull();
    }

    /** Something is asked of the application. */
    private StagedExchange asked(@Nullable String peer, String millis) {
        Fields fields = new Fields();
        fields.add("traceparent", TRACE);
        fields.add(MeshFields.DEADLINE, millis);
        StagedExchange exchange = new StagedExchange(
                mesh, peer, new RequestMessage(HttpVersion.HTTP_1_1, "GET", "/", "shop", fields, BodyLength.NONE));
        inbound.handle(exchange);
        return exchange;
    }

    /** The application asks somebody, under that position in a trace. */
    private StagedExchange calls(String traceparent) {
        Fields fields = new Fields();
        fields.add("traceparent", traceparent);
        return mesh.send("GET", fields);
    }
}
