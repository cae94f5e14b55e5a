package io.signalbox.console.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.console.fixture.SnapshotFixtures;
import io.signalbox.console.screen.ScreenBench;
import io.signalbox.console.testing.Fx;
import io.signalbox.mesh.mirror.FieldDifference;
import io.signalbox.mesh.mirror.MirrorStatus;
import io.signalbox.mesh.model.ChangeNote;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class ExperimentCardTest {

    private static final String POLICY = """
        apiVersion: signalbox.io/v1
        kind: TrafficPolicy
        service: reviews
        faults:
          - name: slow-ratings
            share: 30
            delay: { fixed: 80ms }
        mirror: { version: v2, diff: {} }
        """;

    @Test
    void faultsAndWhatTheMirrorHasShownAreSeen() {
        Fx.run(() -> {
            ScreenBench on = new ScreenBench(Locale.ENGLISH);
            on.mesh.policies().put(POLICY, new ChangeNote("mira", ""));
            on.mesh
                    .requests()
                    .show(new MirrorStatus(
                            "reviews",
                            "v2",
                            200,
                            150,
                            20,
                            3_000_000,
                            9_000_000,
                            List.of(
                                    new FieldDifference("body /stars", 50, 0, false, "4", "5"),
                                    new FieldDifference("header date", 200, 20, true, "a", "b")),
                            2));
            on.show(TrafficScreen::new);
            on.mesh.deliver(SnapshotFixtures.calm());

            assertThat(on.words())
                    .contains("Fault slow-ratings: 30 %, by its own sidecar", "Mirror v2: 100 %")
                    .contains("body /stars", "different", "noise", "2 differences in further fields")
                    .anyMatch(words -> words.startsWith("200 answers compared: 150 alike, 50 different.")
                            && words.contains("callers 3 ms, v2 9 ms"));
        });
    }

    @Test
    void aMirrorThatHasComparedNothingYetSaysSo() {
        Fx.run(() -> {
            ScreenBench on = new ScreenBench(Locale.ENGLISH);
            on.mesh.policies().put(POLICY, new ChangeNote("mira", ""));
            on.show(TrafficScreen::new);
            on.mesh.deliver(SnapshotFixtures.calm());

            assertThat(on.words()).contains("No answer of the mirror has been compared yet.");
        });
    }
}
