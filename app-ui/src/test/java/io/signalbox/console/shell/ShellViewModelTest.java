package io.signalbox.console.shell;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.console.feed.MeshFeed;
import io.signalbox.console.testing.FakeMesh;
import io.signalbox.console.theme.MemoryPreferences;
import io.signalbox.mesh.model.BreakerState;
import io.signalbox.mesh.model.CircuitBreakerConfig;
import io.signalbox.mesh.model.EdgeId;
import io.signalbox.mesh.model.Weight;
import io.signalbox.mesh.model.status.BreakerStatus;
import io.signalbox.mesh.model.status.MeshSnapshot;
import io.signalbox.mesh.model.status.SplitStatus;
import io.signalbox.mesh.model.status.TrafficStats;
import io.signalbox.mesh.model.status.VersionShare;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ShellViewModelTest {

    private final FakeMesh mesh = new FakeMesh();
    private final MemoryPreferences preferences = new MemoryPreferences();
    private final MeshFeed feed =
            new MeshFeed(mesh.connection(), Runnable::run, () -> 0, InstantSource.fixed(FakeMesh.NOON));

    @Test
    void theFirstRunOpensTheTopology() {
        assertThat(shell().placeProperty().get().screen()).isEqualTo(ScreenId.TOPOLOGY);
    }

    @Test
    void theNextRunOpensTheScreenOfTheLast() {
        shell().open(ScreenId.BREAKERS, "checkout->payment");
        assertThat(shell().placeProperty().get())
                .isEqualTo(new ShellViewModel.Place(ScreenId.BREAKERS, Optional.empty()));
    }

    @Test
    void aScreenThatNoLongerExistsIsForgotten() {
        preferences.put("screen", "horoscope");
        assertThat(shell().placeProperty().get().screen()).isEqualTo(ScreenId.TOPOLOGY);
    }

    @Test
    void theRailCountsCircuitsThatRefuseAndRolloutsThatRun() {
        ShellViewModel shell = shell();
        feed.start();
        mesh.send(picture(
                List.of(BreakerState.OPEN, BreakerState.FORCED_OPEN, BreakerState.HALF_OPEN, BreakerState.CLOSED),
                List.of(30, 0)));
        assertThat(shell.badgesProperty().get()).isEqualTo(Map.of(ScreenId.BREAKERS, 2, ScreenId.TRAFFIC, 1));
        mesh.send(picture(List.of(BreakerState.CLOSED), List.of(0, 100)));
        assertThat(shell.badgesProperty().get()).isEmpty();
    }

    @Test
    void closingLeavesNoObserverBehind() {
        shell().close();
        assertThat(feed.observerCount()).isZero();
    }

    private ShellViewModel shell() {
        return new ShellViewModel(feed, preferences);
    }

    private static MeshSnapshot picture(List<BreakerState> breakers, List<Integer> candidateWeights) {
        MeshSnapshot empty = FakeMesh.picture(1, TrafficStats.NONE);
        return new MeshSnapshot(
                1,
                1,
                empty.at(),
                empty.mesh(),
                empty.startedAt(),
                empty.totals(),
                0,
                0,
                List.of(),
                List.of(),
                breakers.stream().map(ShellViewModelTest::breaker).toList(),
                candidateWeights.stream().map(ShellViewModelTest::canary).toList(),
                null);
    }

    private static BreakerStatus breaker(BreakerState state) {
        return new BreakerStatus(
                new EdgeId("checkout", "payment"),
                "checkout-1",
                "payment-1",
                state,
                FakeMesh.NOON,
                null,
                0,
                0,
                0,
                CircuitBreakerConfig.DEFAULT,
                0,
                0,
                0,
                null,
                null);
    }

    private static SplitStatus canary(int candidate) {
        return new SplitStatus(
                "catalog",
                SplitStatus.Kind.CANARY,
                List.of(
                        share("v1", VersionShare.Role.STABLE, 100 - candidate),
                        share("v2", VersionShare.Role.CANDIDATE, candidate)),
                0,
                FakeMesh.NOON,
                1);
    }

    private static VersionShare share(String version, VersionShare.Role role, int weight) {
        return new VersionShare(version, role, new Weight(weight), 0, 0, 0, 1);
    }
}
