package io.signalbox.console.rollouts;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.console.fixture.RolloutSketch;
import io.signalbox.console.fixture.SnapshotFixtures;
import io.signalbox.console.screen.Nodes;
import io.signalbox.console.screen.ScreenBench;
import io.signalbox.console.testing.Fx;
import io.signalbox.console.theme.Theme;
import io.signalbox.console.whatif.WhatIfSketch;
import io.signalbox.console.widget.FieldError;
import io.signalbox.console.widget.Segmented;
import io.signalbox.mesh.client.MeshException;
import io.signalbox.mesh.model.ChangeNote;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
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
            assertThat(text(on)).contains("First share, in percent: 50 (expected: 0..100, and no more than “Up to”)");
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
            assertThat(text(on)).contains("Still missing: Header that tells callers apart");

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
            assertThat(text(on)).contains("Still missing: Header of those who try it first");
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

    @Test
    void whatIsMissingIsNoMistakeUntilSomebodyWasThere() {
        Fx.run(() -> {
            ScreenBench on = opened("");
            choose(on, StartKind.AB_TEST);
            assertThat(danger(on)).isEmpty();
            type(on, "ab-key", "X");
            type(on, "ab-key", "");
            assertThat(danger(on)).containsExactly("Still missing: Header that tells callers apart");
        });
    }

    @Test
    void whatDoesNotFitIsSaidInTheLanguageOfTheConsole() {
        Fx.run(() -> {
            ScreenBench on = new ScreenBench(Locale.GERMAN);
            ready(on, "").press("Rollout beginnen…");
            type(on, "delay", "0s");
            assertThat(text(on))
                    .contains("Jede Stufe mindestens beobachtet: 0s (erwartet: mehr als null, höchstens 8760h, mit"
                            + " Einheit, etwa 30s, 5m oder 1h30m)");
            choose(on, StartKind.BLUE_GREEN);
            type(on, "header", "X-Preview");
            assertThat(text(on))
                    .contains("Header derer, die zuerst probieren: X-Preview (erwartet: NAME: WERT, etwa X-Preview:"
                            + " yes)");
            choose(on, StartKind.AB_TEST);
            type(on, "ab-key", "X User");
            assertThat(text(on))
                    .contains("Header, der Aufrufer unterscheidet: X User (erwartet: der Name eines Headers, etwa"
                            + " X-User)");
        });
    }

    @Test
    void listedStepsLeaveTheLeastSuccessToThePolicy() {
        Fx.run(() -> {
            ScreenBench on = opened("""
                apiVersion: signalbox.io/v1
                kind: TrafficPolicy
                service: catalog
                canary:
                  stable: v1
                  candidate: v2
                  successRate: 0.95
                  steps: [ { weight: 5, delay: 1m }, { weight: 100, delay: 1m } ]
                """);
            assertThat(on.find("#rollouts-start-success", TextField.class).getPromptText())
                    .startsWith("95");
        });
    }

    @Test
    void aPolicyThatCouldNotBeReadIsAskedForAgainAndTheChosenKindStays() {
        Fx.run(() -> {
            ScreenBench on = ready(new ScreenBench(Locale.ENGLISH), AB);
            on.mesh.refuseWith(new MeshException(MeshException.Kind.UNAVAILABLE, "nobody is there"));
            on.press("Start a rollout…");
            assertThat(text(on)).contains("nobody is there");
            choose(on, StartKind.BLUE_GREEN);
            on.mesh.refuseWith(null);
            on.press("Try again");
            assertThat(text(on)).contains("Still missing: Header of those who try it first");
            assertThat(on.has("Try again")).isFalse();
        });
    }

    @Test
    void theSentenceOfAnExperimentSaysWhetherThePolicyIsRewritten() {
        Fx.run(() -> {
            assertThat(text(opened(AB))).anyMatch(line -> line.startsWith("Both versions keep their shares"));
            ScreenBench on = opened("");
            choose(on, StartKind.AB_TEST);
            assertThat(text(on)).anyMatch(line -> line.contains("the policy is rewritten for that"));
        });
    }

    private static List<String> danger(ScreenBench on) {
        on.layout();
        return Nodes.all(on.root(), Label.class).stream()
                .filter(label -> label.getStyleClass().contains("mesh-danger-text") || label instanceof FieldError)
                .map(Label::getText)
                .filter(words -> !words.isEmpty())
                .toList();
    }

    private static ScreenBench opened(String policy) {
        return opened(policy, on -> {});
    }

    private static ScreenBench opened(String policy, Consumer<ScreenBench> before) {
        ScreenBench on = new ScreenBench(Locale.ENGLISH);
        before.accept(on);
        ready(on, policy).press("Start a rollout…");
        return on;
    }

    private static ScreenBench ready(ScreenBench on, String policy) {
        if (!policy.isEmpty()) {
            on.mesh.policies().put(policy, new ChangeNote("mira", "before"));
        }
        on.show(RolloutsScreen::new);
        on.scene(1000, 700, Theme.DARK);
        on.mesh.deliver(SnapshotFixtures.canary());
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
