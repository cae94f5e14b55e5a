package io.signalbox.console.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.console.fixture.SnapshotFixtures;
import io.signalbox.console.screen.ScreenBench;
import io.signalbox.console.testing.Fx;
import io.signalbox.console.theme.Theme;
import io.signalbox.console.widget.MeshButton;
import io.signalbox.mesh.event.MeshEvent;
import io.signalbox.mesh.event.RecordedEvent;
import io.signalbox.mesh.mirror.FieldDifference;
import io.signalbox.mesh.mirror.MirrorStatus;
import io.signalbox.mesh.model.ChangeNote;
import io.signalbox.mesh.model.status.MeshSnapshot;
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
            on.mesh.requests().show(report(200));
            on.show(TrafficScreen::new);
            on.scene(1000, 900, Theme.DARK);
            on.mesh.deliver(SnapshotFixtures.calm());

            assertThat(on.words())
                    .contains("Fault slow-ratings: 30\u00a0%, by its own sidecar", "Mirror v2: 100\u00a0%")
                    .contains("body /stars", "different", "noise", "2 differences in further fields")
                    .anyMatch(words -> words.startsWith("200 answers compared: 150 alike, 50 different.")
                            && words.contains("callers 3\u00a0ms, v2 9\u00a0ms"));
        });
    }

    @Test
    void limitsThatProtectAServiceAreSeenAndLeadToItsPolicy() {
        Fx.run(() -> {
            ScreenBench on = new ScreenBench(Locale.ENGLISH);
            on.mesh
                    .policies()
                    .put(
                            POLICY.substring(0, POLICY.indexOf("faults:"))
                                    + "callerLimit: { requests: 20, per: 1s, burst: 40 }\n"
                                    + "concurrencyLimit: { maxInFlight: 100 }\n",
                            new ChangeNote("mira", ""));
            on.show(TrafficScreen::new);
            on.scene(1000, 900, Theme.DARK);
            on.mesh.deliver(SnapshotFixtures.calm());

            assertThat(on.words()).contains("callerLimit 20 / 1.0\u00a0s", "concurrencyLimit 100");
            on.find("#experiments-reviews .mesh-button", MeshButton.class).fire();
            assertThat(on.opened).containsExactly("POLICIES reviews");
        });
    }

    @Test
    void aMirrorThatHasComparedNothingYetSaysSo() {
        Fx.run(() -> {
            ScreenBench on = new ScreenBench(Locale.ENGLISH);
            on.mesh.policies().put(POLICY, new ChangeNote("mira", ""));
            on.show(TrafficScreen::new);
            on.scene(1000, 900, Theme.DARK);
            on.mesh.deliver(SnapshotFixtures.calm());

            assertThat(on.words()).contains("No answer of the mirror has been compared yet.");
        });
    }

    @Test
    void focusStaysOnItsButtonWhileTheMirrorCompares() {
        Fx.run(() -> {
            ScreenBench on = new ScreenBench(Locale.ENGLISH);
            on.mesh.policies().put(POLICY, new ChangeNote("mira", ""));
            on.mesh.requests().show(report(200));
            on.show(TrafficScreen::new);
            on.scene(1000, 900, Theme.DARK);
            on.mesh.deliver(SnapshotFixtures.calm());
            MeshButton policy = on.find("#experiments-reviews .mesh-button", MeshButton.class);
            policy.requestFocus();

            on.mesh.requests().show(report(300));
            on.mesh.deliver(SnapshotFixtures.later(SnapshotFixtures.calm(), 6));

            assertThat(on.words()).anyMatch(words -> words.startsWith("300 answers compared"));
            assertThat(on.root().getScene().getFocusOwner()).isSameAs(policy);
        });
    }

    @Test
    void aCardGoesWhenItsPolicyDisturbsNothingAnyMore() {
        Fx.run(() -> {
            ScreenBench on = new ScreenBench(Locale.ENGLISH);
            on.mesh.policies().put(POLICY, new ChangeNote("mira", ""));
            on.show(TrafficScreen::new);
            on.scene(1000, 900, Theme.DARK);
            on.mesh.deliver(knowing(0, SnapshotFixtures.calm()));
            assertThat(on.words()).contains("Faults, mirrors and limits in force");

            on.mesh.policies().put(POLICY.substring(0, POLICY.indexOf("faults:")), new ChangeNote("mira", ""));
            on.mesh.record(new RecordedEvent(
                    1, SnapshotFixtures.AT, new MeshEvent.PolicyChanged("reviews", 2, new ChangeNote("mira", ""))));
            on.mesh.deliver(knowing(1, SnapshotFixtures.calm()));

            assertThat(on.words()).doesNotContain("Faults, mirrors and limits in force");
        });
    }

    private static MirrorStatus report(long compared) {
        return new MirrorStatus(
                "reviews",
                "v2",
                compared,
                compared - 50,
                20,
                3_000_000,
                9_000_000,
                List.of(
                        new FieldDifference("body /stars", 50, 0, false, "4", "5"),
                        new FieldDifference("header date", compared, 20, true, "a", "b")),
                2);
    }

    private static MeshSnapshot knowing(long eventSequence, MeshSnapshot of) {
        return new MeshSnapshot(
                of.sequence(),
                eventSequence,
                of.at(),
                of.mesh(),
                of.startedAt(),
                of.totals(),
                of.meshHops(),
                of.securedHops(),
                of.services(),
                of.edges(),
                of.breakers(),
                of.splits(),
                of.scenario());
    }
}
