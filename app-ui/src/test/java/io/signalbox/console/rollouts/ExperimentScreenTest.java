package io.signalbox.console.rollouts;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.console.fixture.RolloutSketch;
import io.signalbox.console.fixture.SnapshotFixtures;
import io.signalbox.console.screen.ScreenBench;
import io.signalbox.console.testing.Fx;
import io.signalbox.console.theme.Theme;
import io.signalbox.mesh.model.status.AbOutcome;
import io.signalbox.mesh.model.status.RolloutCause;
import io.signalbox.mesh.model.status.RolloutPhase;
import io.signalbox.mesh.model.status.RolloutStatus;
import io.signalbox.mesh.model.status.VerdictReason;
import io.signalbox.mesh.model.status.VerdictStatus;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ExperimentScreenTest {

    @Test
    void anExperimentUnderWaySaysThatNobodyHasWonYet() {
        RolloutStatus running =
                experiment(RolloutPhase.RUNNING, VerdictStatus.Kind.NOT_ENOUGH, AbOutcome.OPEN, Duration.ofMinutes(40));
        assertThat(words(Locale.ENGLISH, running))
                .contains(
                        "No winner",
                        "No version has won yet: A failed 3 % of its 1,200 requests, B 0.8 % of 1,100; at most 40 min"
                                + " more.")
                .doesNotContain("Hold");
        assertThat(words(Locale.GERMAN, running)).contains("Kein Sieger").doesNotContain("Halt");
    }

    @Test
    void oneThatHasEndedSaysWhoHasWonInEitherLanguage() {
        RolloutStatus decided = experiment(RolloutPhase.DECIDED, VerdictStatus.Kind.ROLL_BACK, AbOutcome.A, null);
        assertThat(words(Locale.ENGLISH, decided))
                .contains(
                        "Decided",
                        "How it ended",
                        "A wins",
                        "Version A has won: A failed 3 % of its 1,200 requests, B 0.8 % of 1,100.")
                .doesNotContain("Roll back");
        assertThat(words(Locale.GERMAN, decided)).contains("Entschieden", "Wie er endete", "A gewinnt");
    }

    private static List<String> words(Locale language, RolloutStatus rollout) {
        return Fx.call(() -> {
            ScreenBench on = new ScreenBench(language);
            on.mesh.rollouts().tell(rollout);
            on.show(RolloutsScreen::new);
            on.scene(1000, 800, Theme.DARK);
            on.mesh.deliver(SnapshotFixtures.calm());
            return on.words().stream()
                    .map(words -> words.replace('\u00a0', ' ').replace('\u202f', ' '))
                    .toList();
        });
    }

    private static RolloutStatus experiment(
            RolloutPhase phase, VerdictStatus.Kind kind, AbOutcome outcome, @Nullable Duration left) {
        RolloutStatus of = RolloutSketch.running("catalog", 3, "v2");
        VerdictReason why = new VerdictReason.Compared(outcome, 0.03, 1_200, 0.008, 1_100, 0.99, 0, 0, left);
        return new RolloutStatus(
                of.service(),
                of.number(),
                of.stable(),
                of.candidate(),
                phase,
                of.weight(),
                of.steps(),
                of.step(),
                of.watched(),
                of.delay(),
                of.bakeTime(),
                "as told",
                RolloutCause.VERDICT,
                phase.ended() ? "signalbox" : null,
                of.startedBy(),
                of.reason(),
                of.startedAt(),
                phase.ended() ? SnapshotFixtures.AT : null,
                of.revision(),
                new VerdictStatus(kind, "as told", why, 0.5, List.of(), 0, null),
                List.of(),
                null,
                RolloutStatus.Kind.AB_TEST,
                List.of(),
                null);
    }
}
