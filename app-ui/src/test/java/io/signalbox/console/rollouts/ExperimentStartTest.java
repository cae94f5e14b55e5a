package io.signalbox.console.rollouts;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.console.fixture.SnapshotFixtures;
import io.signalbox.console.screen.ScreenBench;
import io.signalbox.console.testing.Fx;
import io.signalbox.console.theme.Theme;
import io.signalbox.console.widget.ConnectionChip;
import io.signalbox.console.widget.Segmented;
import io.signalbox.mesh.client.MeshException;
import java.util.List;
import java.util.Locale;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.StackPane;
import org.junit.jupiter.api.Test;

class ExperimentStartTest {

    private static final String POLICY = "policy by console: which prices sell";
    private static final String UNDO = "undo catalog by console: which prices sell";
    private static final String START = "start catalog to null from null each null by console: which prices sell";

    @Test
    void whereChangesWaitToBeConfirmedNothingIsWritten() {
        Fx.run(() -> {
            for (ConnectionChip.Environment careful :
                    List.of(ConnectionChip.Environment.TEST, ConnectionChip.Environment.PROD)) {
                ScreenBench on = new ScreenBench(Locale.ENGLISH);
                on.environment = careful;
                asked(on);
                assertThat(text(on))
                        .contains("Changes of policies wait to be confirmed here, and nothing starts meanwhile. Write"
                                + " this A/B test into the policy of catalog first, confirm it, then start it here.");
                on.press("Start");
                assertThat(on.mesh.askedButTaps()).isEmpty();
            }
        });
    }

    @Test
    void theSecondPressStartsWhatTheFirstCouldNot() {
        Fx.run(() -> {
            ScreenBench on = asked(new ScreenBench(Locale.ENGLISH));
            on.find("#rollouts-start-ab-promote", CheckBox.class).setSelected(true);
            on.mesh.rollouts().refuseToStart(conflict("a change waits"));
            on.press("Start");
            assertThat(text(on)).contains("a change waits");
            on.mesh.rollouts().refuseToStart(null);
            on.press("Start");
            assertThat(on.mesh.askedButTaps()).containsExactly(POLICY, UNDO, POLICY, START);
            assertThat(on.mesh.policy("catalog").yaml()).contains("X-User", "promote: true");
        });
    }

    @Test
    void whatIsTypedAfterARefusalTakesTheRefusalAway() {
        Fx.run(() -> {
            ScreenBench on = asked(new ScreenBench(Locale.ENGLISH));
            on.mesh.rollouts().refuseToStart(conflict("a change waits"));
            on.press("Start");
            type(on, "ab-weight", "20");
            assertThat(text(on)).doesNotContain("a change waits");
        });
    }

    @Test
    void sharesThatCouldNotBeTakenBackAreTold() {
        Fx.run(() -> {
            ScreenBench on = asked(new ScreenBench(Locale.ENGLISH));
            on.mesh.rollouts().refuseToStart(conflict("a change waits"));
            on.mesh.refuseToUndo(new MeshException(MeshException.Kind.UNAVAILABLE, "nobody is there"));
            on.press("Start");
            assertThat(text(on))
                    .contains("Nothing began (a change waits). The policy of catalog keeps the A/B shares, as revision"
                            + " 1: taking it back failed (nobody is there). Start again, or undo it under"
                            + " Policies.");
        });
    }

    @Test
    void anUnansweredChangeThatHoldsIsToldAndUsedByTheNextPress() {
        Fx.run(() -> {
            ScreenBench on = asked(new ScreenBench(Locale.ENGLISH));
            on.mesh.loseAnswers(new MeshException(MeshException.Kind.UNAVAILABLE, "no answer in 5 s"));
            on.press("Start");
            assertThat(text(on))
                    .contains(
                            "The change of the policy was not answered (no answer in 5 s), but it holds: the policy of"
                                + " catalog has the A/B shares, as revision 1. Nothing began. Start again, or undo it"
                                + " under Policies.");
            on.press("Start");
            assertThat(on.mesh.askedButTaps()).containsExactly(POLICY, START);
        });
    }

    @Test
    void anUnansweredStartThatBeganIsNotTakenBack() {
        Fx.run(() -> {
            ScreenBench on = asked(new ScreenBench(Locale.ENGLISH));
            on.mesh.rollouts().loseAnswers(new MeshException(MeshException.Kind.UNAVAILABLE, "no answer in 5 s"));
            on.press("Start");
            assertThat(on.mesh.askedButTaps()).containsExactly(POLICY, START);
            assertThat(on.root().cardUpProperty().get()).isFalse();
        });
    }

    @Test
    void aStartThatEndsAfterTheDialogWasLeftClosesNoOtherCard() {
        Fx.run(() -> {
            ScreenBench on = asked(new ScreenBench(Locale.ENGLISH));
            on.mesh.rollouts().meanwhile(() -> other(on));
            on.press("Start");
            assertThat(text(on)).contains("another card", "The A/B test of catalog is asked for: v1 against v2");
        });
    }

    @Test
    void aStartThatFailsAfterTheDialogWasLeftIsTold() {
        Fx.run(() -> {
            ScreenBench on = asked(new ScreenBench(Locale.ENGLISH));
            on.mesh.rollouts().meanwhile(() -> other(on));
            on.mesh.rollouts().refuseToStart(conflict("a change waits"));
            on.press("Start");
            assertThat(text(on)).contains("another card", "a change waits");
        });
    }

    private static ScreenBench asked(ScreenBench on) {
        on.show(RolloutsScreen::new);
        on.scene(1000, 700, Theme.DARK);
        on.mesh.deliver(SnapshotFixtures.canary());
        on.press("Start a rollout…");
        choose(on);
        type(on, "ab-key", "X-User");
        on.find("#rollouts-start .mesh-reason", TextField.class).setText("which prices sell");
        return on;
    }

    private static void other(ScreenBench on) {
        StackPane card = new StackPane(new Label("another card"));
        on.overlays().card(card, card);
    }

    private static MeshException conflict(String why) {
        return new MeshException(MeshException.Kind.CONFLICT, why);
    }

    @SuppressWarnings("unchecked")
    private static void choose(ScreenBench on) {
        ((Segmented<StartKind>) on.find("#rollouts-start-kind", Segmented.class))
                .valueProperty()
                .set(StartKind.AB_TEST);
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
