package io.signalbox.console.screen;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.console.breakers.BreakersScreen;
import io.signalbox.console.events.EventsScreen;
import io.signalbox.console.faults.FaultsScreen;
import io.signalbox.console.fixture.SnapshotFixtures;
import io.signalbox.console.history.HistoryScreen;
import io.signalbox.console.policies.PoliciesScreen;
import io.signalbox.console.requests.RequestsScreen;
import io.signalbox.console.rollouts.RolloutsScreen;
import io.signalbox.console.security.SecurityScreen;
import io.signalbox.console.services.ServicesScreen;
import io.signalbox.console.shell.Screen;
import io.signalbox.console.testing.Fx;
import io.signalbox.console.traffic.TrafficScreen;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class ScreenLeakTest {

    private static final List<Function<Workbench, Screen>> SCREENS = List.of(
            RequestsScreen::new,
            TrafficScreen::new,
            RolloutsScreen::new,
            BreakersScreen::new,
            ServicesScreen::new,
            PoliciesScreen::new,
            SecurityScreen::new,
            FaultsScreen::new,
            EventsScreen::new,
            HistoryScreen::new);

    @Test
    void openedAndClosedAHundredTimesNoScreenLeavesASubscriptionOrATask() {
        Fx.run(() -> {
            for (Function<Workbench, Screen> factory : SCREENS) {
                ScreenBench on = ScreenBench.showing(factory, SnapshotFixtures.canary());
                on.screen().hidden();
                int observers = on.feed.observerCount();
                int tasks = on.time.waiting();
                for (int i = 0; i < 100; i++) {
                    on.screen().shown();
                    assertThat(on.feed.observerCount()).isEqualTo(observers + 1);
                    on.screen().hidden();
                }
                assertThat(on.feed.observerCount()).isEqualTo(observers).isZero();
                assertThat(on.time.waiting()).as("%s", on.screen().id()).isEqualTo(tasks);
                assertThat(on.mesh.requests().taps()).isZero();
            }
        });
    }

    @Test
    void aScreenThatIsHiddenTakesNothingIn() {
        Fx.run(() -> {
            ScreenBench on = ScreenBench.showing(BreakersScreen::new, SnapshotFixtures.calm());
            on.screen().hidden();
            on.mesh.deliver(SnapshotFixtures.paymentOpen());
            assertThat(on.words()).doesNotContain("0:37");
            on.screen().shown();
            assertThat(on.words()).contains("0:37");
        });
    }

    @Test
    void aScreenSaysWhyItHasNothingToShowYet() {
        Fx.run(() -> {
            for (Function<Workbench, Screen> factory : SCREENS) {
                ScreenBench on = ScreenBench.showing(factory);
                on.mesh.disconnect("connection refused");
                assertThat(on.words()).contains("No mesh to show", "connection refused");
            }
        });
    }

    @Test
    void anEmptyMeshHasAWordOnEachScreen() {
        Fx.run(() -> {
            for (Function<Workbench, Screen> factory : SCREENS) {
                ScreenBench on = ScreenBench.showing(factory, SnapshotFixtures.empty());
                assertThat(on.words())
                        .as("%s", on.screen().id())
                        .anyMatch(words -> words.startsWith("No ")
                                || words.startsWith("This mesh runs")
                                || words.startsWith("Nothing has happened")
                                || words.startsWith("Nothing has been changed"));
            }
        });
    }
}
