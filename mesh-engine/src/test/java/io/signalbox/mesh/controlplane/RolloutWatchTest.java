package io.signalbox.mesh.controlplane;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.mesh.canary.Window;
import io.signalbox.mesh.canary.rollout.Sight;
import io.signalbox.mesh.metrics.Channel;
import io.signalbox.mesh.metrics.CopyMeter;
import io.signalbox.mesh.metrics.EdgeRecorder;
import io.signalbox.mesh.metrics.SidecarMetrics;
import io.signalbox.mesh.model.AnsweredBy;
import io.signalbox.mesh.model.Cause;
import io.signalbox.mesh.model.Protocol;
import io.signalbox.mesh.model.RetryCondition;
import io.signalbox.mesh.model.Splitting;
import io.signalbox.mesh.model.SuccessRate;
import io.signalbox.mesh.model.Weight;
import io.signalbox.mesh.model.status.ServiceKind;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RolloutWatchTest {

    private static final Splitting.Canary CANARY = new Splitting.Canary(
            "v1", "v2", new Weight(10), new Weight(10), Duration.ofMinutes(5), Weight.ALL, new SuccessRate(0.99));
    private static final Duration DELAY = Duration.ofMinutes(5);

    private static final FakeSidecar CALLER = new FakeSidecar("shoppers", "shoppers-1", ServiceKind.CLIENT);

    private final SidecarMetrics shoppers = new SidecarMetrics("shoppers", "shoppers-1", List::of);
    private final RolloutWatch watch = new RolloutWatch();

    @Test
    void aWindowHoldsWhatCallersSawOfBothVersions() {
        watch.begin("catalog", CANARY, 0);
        ends("catalog", "v1", 90, 200);
        ends("catalog", "v1", 1, 503);
        ends("catalog", "v2", 9, 200);
        ends("catalog", "v2", 1, 404);
        ends("catalog", "v3", 50, 500);
        ends("reviews", "v2", 50, 500);
        watch.record(CALLER, new SidecarReport(shoppers.drain(), List.of()), nanosAt(1));

        Window window =
                watch.take("catalog", CANARY, Sight.CALLS, DELAY, nanosAt(10)).orElseThrow();

        assertThat(window.span()).isEqualTo(Duration.ofSeconds(10));
        assertThat(window.stable().requests()).isEqualTo(91);
        assertThat(window.stable().failures()).isEqualTo(1);
        assertThat(window.candidate().requests()).isEqualTo(10);
        assertThat(window.candidate().failures()).isZero();
        assertThat(window.candidate().latency().total()).isEqualTo(10);
    }

    @Test
    void anAttemptThatWasTriedAgainFailedAndAHedgeDidNot() {
        watch.begin("catalog", CANARY, 0);
        EdgeRecorder edge = shoppers.edge("catalog", "v2", "catalog-v2-1", Protocol.HTTP, Channel.MTLS);
        edge.retry(RetryCondition.ANY_5XX);
        edge.retry(RetryCondition.HEDGE);
        edge.begin();
        edge.end(499, AnsweredBy.MESH, Cause.CALLER_GONE, 1_000);
        watch.record(CALLER, new SidecarReport(shoppers.drain(), List.of()), nanosAt(1));

        Window window =
                watch.take("catalog", CANARY, Sight.CALLS, DELAY, nanosAt(10)).orElseThrow();

        assertThat(window.candidate().requests()).isEqualTo(1);
        assertThat(window.candidate().failures()).isEqualTo(1);
    }

    @Test
    void whatWasSeenIsTakenOnceAndNotBeforeItIsTime() {
        watch.begin("catalog", CANARY, 0);
        ends("catalog", "v2", 5, 200);
        watch.record(CALLER, new SidecarReport(shoppers.drain(), List.of()), nanosAt(1));

        assertThat(watch.take("catalog", CANARY, Sight.CALLS, DELAY, nanosAt(9)))
                .isEmpty();
        assertThat(watch.take("catalog", CANARY, Sight.CALLS, DELAY, nanosAt(10)))
                .isPresent();
        assertThat(watch.take("catalog", CANARY, Sight.CALLS, DELAY, nanosAt(20)))
                .get()
                .satisfies(window -> assertThat(window.candidate().requests()).isZero());
    }

    @Test
    void timeOfWhichNothingIsKnownIsNoWindow() {
        assertThat(watch.take("catalog", CANARY, Sight.CALLS, DELAY, nanosAt(1_000)))
                .isEmpty();
        assertThat(watch.take("catalog", CANARY, Sight.CALLS, DELAY, nanosAt(5_000)))
                .isEmpty();
        assertThat(watch.take("catalog", CANARY, Sight.CALLS, DELAY, nanosAt(5_010)))
                .isPresent();
    }

    @Test
    void whatASidecarTellsFirstAfterAChangeMayBeOfBeforeAndIsLeftOut() {
        watch.beginChanged("catalog", CANARY, 0);
        ends("catalog", "v1", 40, 503);
        ends("catalog", "v2", 4, 503);
        watch.record(CALLER, new SidecarReport(shoppers.drain(), List.of()), nanosAt(1));
        ends("catalog", "v1", 9, 200);
        ends("catalog", "v2", 1, 200);
        watch.record(CALLER, new SidecarReport(shoppers.drain(), List.of()), nanosAt(2));

        Window window =
                watch.take("catalog", CANARY, Sight.CALLS, DELAY, nanosAt(10)).orElseThrow();

        assertThat(window.stable().requests()).isEqualTo(9);
        assertThat(window.candidate().requests()).isEqualTo(1);
        assertThat(window.stable().failures()).isZero();
    }

    @Test
    void aReportOfNothingButWhatIsInFlightIsNotTheFirstAfterAChange() {
        watch.beginChanged("catalog", CANARY, 0);
        EdgeRecorder open = shoppers.edge("catalog", "v1", "catalog-v1-2", Protocol.HTTP, Channel.MTLS);
        open.begin();
        watch.record(CALLER, new SidecarReport(shoppers.drain(), List.of()), nanosAt(0));
        open.end(503, AnsweredBy.UPSTREAM, null, 1_000_000);
        ends("catalog", "v2", 4, 503);
        watch.record(CALLER, new SidecarReport(shoppers.drain(), List.of()), nanosAt(1));
        ends("catalog", "v2", 1, 200);
        watch.record(CALLER, new SidecarReport(shoppers.drain(), List.of()), nanosAt(2));

        Window window =
                watch.take("catalog", CANARY, Sight.CALLS, DELAY, nanosAt(10)).orElseThrow();

        assertThat(window.stable().requests()).isZero();
        assertThat(window.candidate().requests()).isEqualTo(1);
        assertThat(window.candidate().failures()).isZero();
    }

    @Test
    void aLookSoonAfterTheChangeDoesNotMakeWhatIsToldThenCount() {
        Duration briefly = Duration.ofSeconds(1);
        watch.beginChanged("catalog", CANARY, 0);
        assertThat(watch.take("catalog", CANARY, Sight.CALLS, briefly, nanosAt(1)))
                .isPresent();
        ends("catalog", "v2", 4, 503);
        watch.record(CALLER, new SidecarReport(shoppers.drain(), List.of()), nanosAt(1));
        ends("catalog", "v2", 1, 200);
        watch.record(CALLER, new SidecarReport(shoppers.drain(), List.of()), nanosAt(2));

        Window window =
                watch.take("catalog", CANARY, Sight.CALLS, briefly, nanosAt(2)).orElseThrow();

        assertThat(window.candidate().requests()).isEqualTo(1);
        assertThat(window.candidate().failures()).isZero();
    }

    @Test
    void copiesThatASidecarTellsFirstAfterAChangeAreLeftOutAsWell() {
        watch.beginChanged("catalog", CANARY, 0);
        CopyMeter meter = new CopyMeter();
        for (int second = 1; second <= 2; second++) {
            meter.copied("catalog", "v2", 200, 5_000_000, second == 1 ? 500 : 200, 6_000_000);
            watch.record(CALLER, new SidecarReport(List.of(), List.of(), List.of(), meter.drain()), nanosAt(second));
        }

        Window window =
                watch.take("catalog", CANARY, Sight.COPIES, DELAY, nanosAt(10)).orElseThrow();

        assertThat(window.candidate().requests()).isEqualTo(1);
        assertThat(window.candidate().failures()).isZero();
    }

    @Test
    void aSidecarThatSaidNothingUntilLongAfterTheChangeCountsWhole() {
        watch.beginChanged("catalog", CANARY, 0);
        ends("catalog", "v2", 4, 200);
        watch.record(CALLER, new SidecarReport(shoppers.drain(), List.of()), nanosAt(3));

        Window window =
                watch.take("catalog", CANARY, Sight.CALLS, DELAY, nanosAt(10)).orElseThrow();

        assertThat(window.candidate().requests()).isEqualTo(4);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
        5m,  10s
        12s, 4s
        1s,  1s
        """)
    void aShortStepIsLookedAtMoreOften(String delay, String length) {
        assertThat(RolloutWatch.length(Duration.parse("PT" + delay))).isEqualTo(Duration.parse("PT" + length));
    }

    private void ends(String service, String version, int count, int status) {
        EdgeRecorder edge = shoppers.edge(service, version, service + "-" + version, Protocol.HTTP, Channel.MTLS);
        for (int i = 0; i < count; i++) {
            edge.begin();
            edge.end(status, AnsweredBy.UPSTREAM, null, 1_000_000);
        }
    }

    private static long nanosAt(int seconds) {
        return Duration.ofSeconds(seconds).toNanos();
    }
}
