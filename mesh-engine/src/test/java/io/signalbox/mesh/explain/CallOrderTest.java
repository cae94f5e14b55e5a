package io.signalbox.mesh.explain;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.mesh.model.AnsweredBy;
import io.signalbox.mesh.model.BreakerState;
import io.signalbox.mesh.model.Cause;
import io.signalbox.mesh.model.Endpoint;
import io.signalbox.mesh.model.Protocol;
import io.signalbox.mesh.routing.RouteSource;
import io.signalbox.mesh.routing.StableKeys;
import io.signalbox.mesh.trace.Span;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CallOrderTest {

    private static final Duration MILLI = Duration.ofMillis(1);

    /** shop calls catalog twice at once; each call makes catalog call pricing. */
    private final List<DecisionRecord> records = List.of(
            hop("shop-1", "catalog-1", 10, 0, 0, 50),
            hop("shop-1", "catalog-1", 20, 0, 1, 60),
            hop("catalog-1", "pricing-1", 30, 21, 5, 10),
            hop("catalog-1", "pricing-1", 40, 11, 6, 10));

    @Test
    void spansSayWhichCallBroughtAboutWhich() {
        List<Span> spans = List.of(server("catalog", 11, 10), server("catalog", 21, 20));

        assertThat(told(CallOrder.explain(records, spans)))
                .containsExactly("0 GET /10", "1 GET /40", "0 GET /20", "1 GET /30");
    }

    @Test
    void withoutSpansTheLatestCallThatWasUnderWayDoes() {
        assertThat(told(CallOrder.explain(records, List.of())))
                .containsExactly("0 GET /10", "0 GET /20", "1 GET /30", "1 GET /40");
    }

    @Test
    void idsInACircleLoseNoHop() {
        List<Span> circle = List.of(server("catalog", 11, 20), server("catalog", 21, 10));
        List<DecisionRecord> two = List.of(hop("a-1", "b-1", 10, 11, 0, 9), hop("b-1", "a-1", 20, 21, 1, 5));

        assertThat(CallOrder.explain(two, circle)).hasSize(2);
    }

    @Test
    void whatWasRefusedOnItsArrivalIsBelowTheCallItself() {
        DecisionRecord refused = arrived(hop("shop-1", "catalog-1", 15, 10, 2, 1));

        List<ExplainedRequest> hops = CallOrder.explain(List.of(refused, records.getFirst()), List.of());

        assertThat(told(hops)).containsExactly("0 GET /10", "1 GET /15");
        RequestLine line = hops.getLast().request();
        assertThat(line.endpoint()).isEqualTo("catalog-7");
        assertThat(line.policyRevision()).isEqualTo(3);
        assertThat(line.sourceInstance()).isEmpty();
    }

    @Test
    void eachHopIsAskedOnceWhomItCalled() {
        List<AskedHop> hops = IntStream.range(0, 60)
                .mapToObj(i -> new AskedHop(hop("shop-" + i, "catalog-1", 10 + i, 0, 0, 50), new AtomicInteger()))
                .toList();

        assertThat(CallOrder.explain(hops, List.of())).hasSize(60);

        assertThat(hops)
                .allMatch(hop -> hop.asked().get() <= 1)
                .anyMatch(hop -> hop.asked().get() == 1);
    }

    /** A hop that counts how often it was asked. */
    private record AskedHop(DecisionRecord own, AtomicInteger asked) implements KeptRequest {

        @Override
        public RequestLine line() {
            return own.line();
        }

        @Override
        public ExplainedRequest explain(int depth) {
            return own.explain(depth);
        }

        @Override
        public String spanId() {
            return own.spanId();
        }

        @Override
        public @Nullable String parentSpanId() {
            return own.parentSpanId();
        }

        @Override
        public Set<String> called() {
            asked.incrementAndGet();
            return own.called();
        }
    }

    private static DecisionRecord arrived(DecisionRecord call) {
        return new DecisionRecord(
                call.trace(),
                call.requestId(),
                call.at(),
                call.durationNanos(),
                call.caller(),
                "",
                call.head(),
                call.keys(),
                call.destination(),
                call.revision(),
                null,
                List.of(),
                List.of(),
                429,
                AnsweredBy.MESH,
                Cause.RATE_LIMITED,
                Kept.FAILED,
                new DecisionRecord.Arrival("catalog-7", 3, null));
    }

    private static List<String> told(List<ExplainedRequest> hops) {
        return hops.stream()
                .map(hop -> hop.depth() + " " + hop.request().method() + " "
                        + hop.request().path())
                .toList();
    }

    @SuppressWarnings("NullAway") // of a nested type it does not see in a class file that it may be null
    private static DecisionRecord hop(
            String source, String endpoint, long span, long parent, long startMillis, long millis) {
        String service = endpoint.substring(0, endpoint.indexOf('-'));
        Endpoint called = new Endpoint(service, endpoint, "v1", "127.0.0.1", 1, Protocol.HTTP, null);
        return new DecisionRecord(
                Records.trace(5, span, parent),
                "r",
                Records.NOON.plusMillis(startMillis),
                MILLI.multipliedBy(millis).toNanos(),
                new RouteSource(source.substring(0, source.indexOf('-')), null),
                source,
                new HeldHead("GET", "/" + span, service, List.of(), HeldHead.Extent.WHOLE),
                StableKeys.NONE,
                service,
                1,
                null,
                List.of(new AttemptRecord(
                        1,
                        called,
                        BreakerState.CLOSED,
                        Pool.USABLE,
                        null,
                        0,
                        1,
                        AttemptEnd.ANSWERED,
                        200,
                        null,
                        null,
                        0,
                        List.of(),
                        1,
                        List.of())),
                List.of(),
                200,
                AnsweredBy.UPSTREAM,
                null,
                Kept.SAMPLED,
                null);
    }

    private static Span server(String service, long span, long parent) {
        return Span.at(Records.trace(5, span, parent), Span.Kind.SERVER, service, "", "GET /", Records.NOON, 1, 200);
    }
}
