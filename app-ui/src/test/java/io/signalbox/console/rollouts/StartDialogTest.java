package io.signalbox.console.rollouts;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.console.fixture.RolloutSketch;
import io.signalbox.console.fixture.SnapshotFixtures;
import io.signalbox.console.screen.ScreenBench;
import io.signalbox.console.testing.Fx;
import io.signalbox.console.theme.Theme;
import io.signalbox.console.whatif.WhatIfSketch;
import io.signalbox.console.widget.Segmented;
import io.signalbox.mesh.client.MeshException;
import io.signalbox.mesh.model.ChangeNote;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import javafx.scene.control.CheckBox;
import javafx.scene.control.TextField;
import org.junit.jupiter.api.Test;

class StartDialogTest {

    private static final String AB = """
        apiVersion: signalbox.io/v1
        kind: TrafficPolicy
        service: catalog
        abTest:
          versionA: v1
          versionB: v2
          splitKey: X-User
          weightB: 40
          winner: { metric: either, minimumDuration: 30m, maximumDuration: 12h, promote: true }
        """;

    private static final String STAGED = """
        apiVersion: signalbox.io/v1
        kind: TrafficPolicy
        service: catalog
        canary:
          stable: v1
          candidate: v2
          initialWeight: 20
          stages:
            - { match: { headers: { X-Beta: "yes" } }, delay: 10m }
          webhooks:
            - { name: load-test, url: "https://ci.example.org/load", when: before-step }
        """;

    @Test
    void aCanarySaysWhatWillHappenAndFollowsTheFigures() {
        Fx.run(() -> {
            ScreenBench on = opened("");
            assertThat(text(on))
                    .anyMatch(line -> line.startsWith(
                                    "v2 gets 10 %, 20 %, 30 % … 100 % of the requests: 10 steps, each only when")
                            && line.contains("That takes 50 min at least."));
            type(on, "weight", "50");
            type(on, "step", "50");
            type(on, "delay", "1m");
            assertThat(text(on)).anyMatch(line -> line.startsWith("v2 gets 50 %, 100 % of the requests: 2 steps"));
            type(on, "most", "20");
            assertThat(text(on)).contains("canary.initialWeight: 50 % (expected: 0..maxWeight, which is 20 %)");
            on.answer("new prices", "Start");
            assertThat(on.mesh.askedButTaps()).isEmpty();
        });
    }

    @Test
    void anExperimentIsStartedFromThePolicyThatHasOne() {
        Fx.run(() -> {
            ScreenBench on = opened(AB);
            assertThat(text(on))
                    .anyMatch(line ->
                            line.contains("None wins before 30 min and 100 requests of each; after 12 h it ends"));
            on.answer("which prices sell", "Start");
            assertThat(on.mesh.askedButTaps())
                    .containsExactly("start catalog to null from null each null by console: which prices sell");
        });
    }

    @Test
    void anExperimentIsWrittenIntoAPolicyWithoutOneBeforeItStarts() {
        Fx.run(() -> {
            ScreenBench on = opened("");
            choose(on, StartKind.AB_TEST);
            on.answer("which prices sell", "Start");
            assertThat(on.mesh.askedButTaps()).isEmpty();
            assertThat(text(on)).contains("abTest.splitKey: missing (expected: required)");

            type(on, "ab-key", "X-User");
            type(on, "ab-weight", "30");
            on.find("#rollouts-start-ab-promote", CheckBox.class).setSelected(true);
            assertThat(text(on)).anyMatch(line -> line.startsWith("A, v1, gets 70 % of the requests and B, v2, 30 %"));
            on.press("Start");
            assertThat(on.mesh.askedButTaps())
                    .containsExactly(
                            "policy by console: which prices sell",
                            "start catalog to null from null each null by console: which prices sell");
            assertThat(on.mesh.policy("catalog").yaml()).contains("abTest:", "X-User", "weightB: 30", "promote: true");
        });
    }

    @Test
    void whatStartsNoExperimentLeavesThePolicyAsItWas() {
        Fx.run(() -> {
            ScreenBench on = opened("");
            String before = on.mesh.policy("catalog").yaml();
            choose(on, StartKind.AB_TEST);
            type(on, "ab-key", "X-User");
            on.mesh.rollouts().refuseToStart(new MeshException(MeshException.Kind.CONFLICT, "a change waits"));
            on.answer("which prices sell", "Start");
            assertThat(text(on)).contains("a change waits", "Start a rollout");
            assertThat(on.mesh.policy("catalog").yaml()).isEqualTo(before);
        });
    }

    @Test
    void thereIsNoExperimentBesideARolloutThatGoesOn() {
        Fx.run(() -> {
            ScreenBench on = opened("", mesh -> mesh.mesh.rollouts().tell(RolloutSketch.running("catalog", 3, "v2")));
            choose(on, StartKind.AB_TEST);
            type(on, "ab-key", "X-User");
            assertThat(text(on))
                    .contains("Rollout 3 of catalog has to end first: an A/B test changes the policy that it follows.");
        });
    }

    @Test
    void theQuestionBeforeAStageIsOfTheStage() {
        Fx.run(() -> {
            ScreenBench on = opened(STAGED);
            on.mesh.requests().wouldBe(List.of(WhatIfSketch.full()));
            on.press("What if…");
            assertThat(on.mesh.requests().wondered()).containsExactly("policies");
            assertThat(text(on))
                    .contains("At first v2 has no share of the requests. In the first stage, only requests with"
                            + " “X-Beta: yes” go to v2:")
                    .anyMatch(line -> line.contains("Before each step the webhook is asked: load-test."));
        });
    }

    @Test
    void blueGreenAsksWhoTriesItFirst() {
        Fx.run(() -> {
            ScreenBench on = opened("");
            choose(on, StartKind.BLUE_GREEN);
            assertThat(text(on)).anyMatch(line -> line.startsWith("keepFor: without a stage"));
            type(on, "header", "X-Preview: yes");
            type(on, "keep-for", "30m");
            assertThat(text(on))
                    .anyMatch(line -> line.contains("only requests with “X-Preview: yes” go to v2, for 5 min at least.")
                            && line.contains("v1 is kept for 30 min after it"));
            assertThat(on.find("#rollouts-start-weight", TextField.class)
                            .getParent()
                            .getParent()
                            .getParent()
                            .isVisible())
                    .isFalse();
        });
    }

    private static ScreenBench opened(String policy) {
        return opened(policy, on -> {});
    }

    private static ScreenBench opened(String policy, Consumer<ScreenBench> before) {
        ScreenBench on = new ScreenBench(Locale.ENGLISH);
        if (!policy.isEmpty()) {
            on.mesh.policies().put(policy, new ChangeNote("mira", "before"));
        }
        before.accept(on);
        on.show(RolloutsScreen::new);
        on.scene(1000, 700, Theme.DARK);
        on.mesh.deliver(SnapshotFixtures.canary());
        on.press("Start a rollout…");
        return on;
    }

    @SuppressWarnings("unchecked")
    private static void choose(ScreenBench on, StartKind kind) {
        ((Segmented<StartKind>) on.find("#rollouts-start-kind", Segmented.class))
                .valueProperty()
                .set(kind);
    }

    private static void type(ScreenBench on, String field, String text) {
        on.find("#rollouts-start-" + field, TextField.class).setText(text);
    }

    private static List<String> text(ScreenBench on) {
        return on.words().stream()
                .map(words -> words.replace('\u00a0', ' ').replace('\u202f', ' '))
                .toList();
    }
}
