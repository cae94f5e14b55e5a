package io.signalbox.shop.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.mesh.model.BreakerState;
import io.signalbox.mesh.model.CircuitBreakerConfig;
import io.signalbox.mesh.model.EdgeId;
import io.signalbox.mesh.model.Protocol;
import io.signalbox.mesh.model.Switch;
import io.signalbox.mesh.model.status.BreakerStatus;
import io.signalbox.mesh.model.status.EdgeStatus;
import io.signalbox.mesh.model.status.FaultStatus;
import io.signalbox.mesh.model.status.Latency;
import io.signalbox.mesh.model.status.LoadStatus;
import io.signalbox.mesh.model.status.MeshSnapshot;
import io.signalbox.mesh.model.status.ScenarioStatus;
import io.signalbox.mesh.model.status.Security;
import io.signalbox.mesh.model.status.ServiceHealth;
import io.signalbox.mesh.model.status.ServiceKind;
import io.signalbox.mesh.model.status.ServiceStatus;
import io.signalbox.mesh.model.status.TrafficStats;
import io.signalbox.shop.load.LiveReport;
import io.signalbox.shop.load.LoadReport;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class LiveTableTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Latency LATENCY = new Latency(1_500_000, 9_000_000, 120_000_000, 400_000_000);
    private static final LoadReport LOAD = new LoadReport(new LoadStatus(40, 1_000, 410, 400, 4, 2, 200), 1, LATENCY);

    private static TrafficStats stats(long requests) {
        return new TrafficStats(requests / 10.0, requests, requests / 100, requests * 2, 0, LATENCY);
    }

    private static EdgeStatus edge(String from, String to, long requests) {
        return new EdgeStatus(
                new EdgeId(from, to),
                Protocol.HTTP,
                Security.MTLS,
                stats(requests),
                List.of(),
                List.of(),
                0,
                0,
                BreakerState.CLOSED,
                1,
                0);
    }

    private static MeshSnapshot snapshot(long hops, long secured) {
        BreakerStatus open = new BreakerStatus(
                new EdgeId("checkout", "payment"),
                "checkout-1",
                "payment-2",
                BreakerState.OPEN,
                START,
                START,
                5,
                0,
                0,
                CircuitBreakerConfig.DEFAULT,
                5,
                5,
                9,
                null,
                null);
        FaultStatus fault = new FaultStatus("payment-burst", 3, "payment", "s", "l", Switch.ON, START, "", "");
        return new MeshSnapshot(
                1,
                0,
                START,
                "corner-shop",
                START,
                stats(400),
                hops,
                secured,
                List.of(
                        new ServiceStatus(
                                "payment",
                                ServiceKind.SERVICE,
                                Protocol.HTTP,
                                ServiceHealth.FAILING,
                                stats(100),
                                List.of()),
                        new ServiceStatus(
                                "bank",
                                ServiceKind.EXTERNAL,
                                Protocol.HTTP,
                                ServiceHealth.IDLE,
                                TrafficStats.NONE,
                                List.of())),
                List.of(edge("checkout", "payment", 100), edge("payment", "bank", 70)),
                List.of(open),
                List.of(),
                new ScenarioStatus("corner-shop", 1, List.of(fault), LOAD.status()));
    }

    @Test
    void theTableShowsTotalsServicesOpenCircuitsAndFaults() {
        assertThat(LiveTable.lines(snapshot(400, 400), LOAD, Duration.ofSeconds(12)))
                .containsExactly(
                        "corner-shop  12 s  40.0 req/s (asked 40.0)  success 99.00 %  failed 4  late 2"
                                + "  p50 1.5 ms  p99 120 ms  mTLS 100 %",
                        "SERVICE          REQ/S    SUCCESS       P50       P99   SERVING  HEALTH",
                        "payment           10.0    99.00 %    1.5 ms    120 ms            failing",
                        "bank               0.0          –         –         –            idle",
                        "open circuits: checkout-1->payment-2",
                        "faults on: payment-burst");
    }

    @Test
    void hopsToWhatIsOutsideTheMeshAreNotCounted() {
        HopCount hops = new HopCount();
        hops.add(snapshot(400, 400));
        assertThat(hops.hops()).isEqualTo(200);
        assertThat(hops.securedShare()).hasValue(1.0);
    }

    @Test
    void onePlainHopKeepsTheShareBelowAHundredPercent() {
        HopCount hops = new HopCount();
        hops.add(snapshot(1_000_000, 1_000_000));
        hops.add(snapshot(1_000_000, 999_999));
        assertThat(Figures.share(hops.securedShare())).isEqualTo("99.99 %");
    }

    @Test
    void theSummaryGivesWhatTheShoppersSaw() {
        Summary summary =
                new Summary(Duration.ofSeconds(30), LOAD, new LiveReport(5, 6, 1_100), 1_234, OptionalDouble.of(1));
        assertThat(summary.lines())
                .contains(
                        "requests     400",
                        "failures     4",
                        "success      99.00 %",
                        "latency      p50 1.5 ms, p90 9.0 ms, p99 120 ms, longest 400 ms, from the intended start",
                        "live         1,100 messages over 5 connections, 6 opened",
                        "mesh hops    1,234, mTLS 100 %");
        assertThat(summary.json())
                .isEqualTo(
                        "{\"seconds\":30.0,\"requests\":400,\"failures\":4,\"refused\":1,\"late\":2,\"success\":0.99,"
                            + "\"p50Nanos\":1500000,\"p90Nanos\":9000000,\"p99Nanos\":120000000,\"maxNanos\":400000000,"
                            + "\"liveMessages\":1100,\"liveOpen\":5,\"liveOpened\":6,\"meshHops\":1234,\"mtlsShare\":1.0}");
    }
}
