package io.signalbox.console.rollouts;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.console.screen.ScreenBench;
import io.signalbox.console.testing.Fx;
import io.signalbox.mesh.model.Weight;
import io.signalbox.mesh.model.status.ShareDifference;
import io.signalbox.mesh.model.status.ShareDifference.Cause;
import io.signalbox.mesh.model.status.SplitStatus;
import io.signalbox.mesh.model.status.VersionShare;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AskedGotLineTest {

    @Test
    void askedStandsBesideGotWithTheCause() {
        Fx.run(() -> {
            AskedGotLine line = new AskedGotLine(new ScreenBench(Locale.ENGLISH).bench);
            line.show(Optional.of(split(1_850, new ShareDifference("v2", Cause.FEW_REQUESTS, 1_850, ""))), "v2");

            assertThat(text(line))
                    .isEqualTo("Asked 20 %, got 18.6 % (16.9–20.4) of 1,850 requests: few requests, chance alone does"
                            + " that");
            assertThat(line.isVisible()).isTrue();
        });
    }

    @Test
    void whatIsAlikeOrNotCountedNeedsNoCause() {
        Fx.run(() -> {
            AskedGotLine line = new AskedGotLine(new ScreenBench(Locale.ENGLISH).bench);
            line.show(Optional.of(split(1_850)), "v2");
            assertThat(text(line)).isEqualTo("Asked 20 %, got 18.6 % (16.9–20.4) of 1,850 requests");
            line.show(Optional.of(split(0)), "v2");
            assertThat(text(line)).isEqualTo("Asked 20 %, nothing counted yet");
            line.show(Optional.empty(), "v2");
            assertThat(line.isVisible()).isFalse();
        });
    }

    @Test
    void everyCauseHasWordsInBothLanguages() {
        Fx.run(() -> {
            for (Locale locale : List.of(Locale.ENGLISH, Locale.GERMAN)) {
                AskedGotLine line = new AskedGotLine(new ScreenBench(locale).bench);
                for (Cause cause : Cause.values()) {
                    line.show(Optional.of(split(9, new ShareDifference("v2", cause, 7, ""))), "v2");
                    assertThat(line.getText()).contains(": ").doesNotContain("rollouts.");
                }
            }
        });
    }

    /** Units stand behind blanks that do not break. */
    private static String text(AskedGotLine line) {
        return line.getText().replace('\u00a0', ' ');
    }

    private static SplitStatus split(long counted, ShareDifference... differences) {
        return new SplitStatus(
                "catalog",
                SplitStatus.Kind.CANARY,
                List.of(new VersionShare("v2", VersionShare.Role.CANDIDATE, new Weight(20), 344, 0.186, 0.169, 0.204)),
                counted,
                Instant.EPOCH,
                3,
                List.of(differences));
    }
}
