package io.signalbox.mesh.controlplane;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.mesh.metrics.Channel;
import io.signalbox.mesh.metrics.EdgeRecorder;
import io.signalbox.mesh.metrics.SidecarMetrics;
import io.signalbox.mesh.model.AnsweredBy;
import io.signalbox.mesh.model.Protocol;
import io.signalbox.mesh.model.Weight;
import io.signalbox.mesh.model.status.ServiceKind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the splits chose, of which a report may be half of before a change. */
class ShareCountsTest {

    private static final Instant NOW = Instant.parse("2026-03-02T14:00:00Z");
    private static final FakeSidecar CALLER = attached("shoppers-1");
    private static final FakeSidecar OTHER = attached("shoppers-2");

    private final SidecarMetrics shoppers = new SidecarMetrics("shoppers", "shoppers-1", List::of);
    private final ShareCounts shares = new ShareCounts();

    @BeforeEach
    void follow() {
        follow(40, 0);
    }

    @Test
    void whatEachSidecarTellsFirstAfterAChangeIsLeftOut() {
        follow(0, 10_000);
        tell(CALLER, 10_400, "v2", 7);
        tell(OTHER, 10_600, "v2", 5);
        tell(CALLER, 11_400, "v1", 90);
        tell(OTHER, 11_600, "v1", 30);

        assertThat(got("v1")).isEqualTo(120);
        assertThat(got("v2")).isZero();
    }

    @Test
    void aReportOfNothingButWhatIsInFlightIsNotTheFirst() {
        follow(0, 10_000);
        EdgeRecorder open = edge("v2");
        open.begin();
        tell(CALLER, 10_100, "v1", 0);
        open.end(200, AnsweredBy.UPSTREAM, null, 1_000);
        tell(CALLER, 10_400, "v2", 7);
        tell(CALLER, 11_400, "v1", 90);

        assertThat(got("v1")).isEqualTo(90);
        assertThat(got("v2")).isZero();
    }

    @Test
    void whatASidecarThatWasForgottenTellsFirstIsLeftOutOnceMore() {
        follow(0, 10_000);
        tell(CALLER, 10_400, "v2", 7);
        shares.forget(CALLER);
        tell(CALLER, 10_900, "v2", 5);
        tell(CALLER, 11_400, "v1", 90);

        assertThat(got("v1")).isEqualTo(90);
        assertThat(got("v2")).isZero();
    }

    @Test
    void whatIsToldLongAfterAChangeIsOfAfterIt() {
        follow(0, 10_000);
        tell(CALLER, 12_000, "v1", 90);

        assertThat(got("v1")).isEqualTo(90);
    }

    @Test
    void theSameWeightsAgainAreNoChange() {
        tell(CALLER, 500, "v1", 1);
        tell(CALLER, 1_000, "v1", 2);
        follow(40, 1_100);
        tell(CALLER, 1_500, "v1", 4);

        assertThat(got("v1")).isEqualTo(6);
    }

    @Test
    void aSidecarOfTheSameProcessIsHeardBeforeTheChange() {
        FakeSidecar inside = new FakeSidecar("shoppers", "shoppers-3", ServiceKind.CLIENT);
        follow(0, 10_000);
        tell(inside, 10_100, "v1", 9);

        assertThat(got("v1")).isEqualTo(9);
    }

    private static FakeSidecar attached(String instance) {
        return new FakeSidecar("shoppers", instance, ServiceKind.CLIENT) {
            @Override
            public boolean takesWhole() {
                return false;
            }
        };
    }

    private void follow(int percent, long atMillis) {
        Weight candidate = new Weight(percent);
        shares.follow(Map.of("catalog", Map.of("v1", candidate.complement(), "v2", candidate)), NOW, nanosAt(atMillis));
    }

    private void tell(FakeSidecar teller, long atMillis, String version, int requests) {
        EdgeRecorder edge = edge(version);
        for (int i = 0; i < requests; i++) {
            edge.begin();
            edge.end(200, AnsweredBy.UPSTREAM, null, 1_000);
        }
        shares.record(teller, shoppers.drain(), nanosAt(atMillis));
    }

    private EdgeRecorder edge(String version) {
        return shoppers.edge("catalog", version, "catalog-" + version + "-1", Protocol.HTTP, Channel.MTLS);
    }

    private long got(String version) {
        return shares.share("catalog", NOW).of(version).requests();
    }

    private static long nanosAt(long millis) {
        return Duration.ofMillis(millis).toNanos();
    }
}
