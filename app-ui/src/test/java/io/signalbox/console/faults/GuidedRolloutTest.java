package io.signalbox.console.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.console.fixture.RolloutSketch;
import io.signalbox.console.fixture.SnapshotFixtures;
import io.signalbox.console.rollouts.RolloutsScreen;
import io.signalbox.console.screen.ScreenBench;
import io.signalbox.console.testing.Fx;
import io.signalbox.console.theme.Theme;
import io.signalbox.mesh.client.MeshException;
import io.signalbox.mesh.model.status.RolloutPhase;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class GuidedRolloutTest {

    @Test
    void theCardOfTheBadCanaryStartsItsRolloutWithTheFaultOnAndLeadsThere() {
        Fx.run(() -> {
            ScreenBench on = ScreenBench.showing(FaultsScreen::new, SnapshotFixtures.canary());
            on.press("Start the guided rollout of bad-canary");
            assertThat(on.mesh.askedButTaps())
                    .containsExactly(
                            "fault bad-canary ON by console",
                            "start catalog to v2 from 30 each PT20S by console: lesson: bad-canary");
            assertThat(on.opened).containsExactly("ROLLOUTS catalog");
        });
    }

    @Test
    void whatTheMeshRefusesIsSaidAndNothingIsOpened() {
        Fx.run(() -> {
            ScreenBench on = ScreenBench.showing(FaultsScreen::new, SnapshotFixtures.canary());
            on.mesh.refuseWith(new MeshException(MeshException.Kind.CONFLICT, "candidate: v2 (expected: another)"));
            on.press("Start the guided rollout of bad-canary");
            assertThat(on.opened).isEmpty();
            assertThat(on.words()).contains("candidate: v2 (expected: another)");
        });
    }

    @Test
    void theRolloutSaysWhatToLookAtAndAfterwardsWhatWasSeen() {
        Fx.run(() -> {
            for (String lesson : new String[] {"bad-canary", "bad-canary-stable-too"}) {
                for (Locale language : new Locale[] {Locale.ENGLISH, Locale.GERMAN}) {
                    ScreenBench on = new ScreenBench(language);
                    on.mesh.rollouts().tell(RolloutSketch.because("lesson: " + lesson, RolloutPhase.RUNNING));
                    on.show(RolloutsScreen::new);
                    on.scene(1000, 900, Theme.DARK);
                    on.mesh.deliver(SnapshotFixtures.canary());
                    String title = on.bench.texts().get("rollouts.guide.title", lesson);
                    assertThat(on.words())
                            .contains(title, on.bench.texts().get("rollouts.guide." + lesson + ".on"))
                            .noneMatch(words -> words.startsWith("rollouts."));
                    on.mesh.rollouts().tell(RolloutSketch.because("lesson: " + lesson, RolloutPhase.ROLLED_BACK));
                    on.mesh.deliver(SnapshotFixtures.later(SnapshotFixtures.canary(), 4));
                    assertThat(on.words()).contains(title, on.bench.texts().get("rollouts.guide." + lesson + ".ended"));
                }
            }
        });
    }

    @Test
    void otherRolloutsHaveNoGuide() {
        Fx.run(() -> {
            ScreenBench on = new ScreenBench(Locale.ENGLISH);
            on.mesh.rollouts().tell(RolloutSketch.because("lesson: nothing", RolloutPhase.RUNNING));
            on.show(RolloutsScreen::new);
            on.scene(1000, 900, Theme.DARK);
            on.mesh.deliver(SnapshotFixtures.canary());
            assertThat(on.words()).noneMatch(words -> words.startsWith("Lesson"));
        });
    }
}
