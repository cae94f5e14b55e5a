package io.signalbox.console.breakers;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.console.fixture.AutopsySketch;
import io.signalbox.console.fixture.SnapshotFixtures;
import io.signalbox.console.screen.Nodes;
import io.signalbox.console.screen.ScreenBench;
import io.signalbox.console.testing.Fx;
import io.signalbox.console.widget.MeshButton;
import io.signalbox.mesh.client.MeshException;
import java.util.List;
import javafx.event.Event;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import org.junit.jupiter.api.Test;

class AutopsyPaneTest {

    private static final String CIRCUIT = "checkout-1->payment-2";

    @Test
    void aCircuitSaysWhyItOpenedWhoWasRefusedAndWhatWouldHaveBeen() {
        Fx.run(() -> {
            ScreenBench on = shown();
            assertThat(on.words())
                    .contains(
                            "It last opened at 14:31:45.302 because 5 calls in a row failed, and 5 open it."
                                    + " Their answers: 5 × 503.",
                            "failureThreshold 7",
                            "opens 1.2\u00a0s later",
                            "opens 94\u00a0ms sooner",
                            "stays closed",
                            "up to 118 fewer refused",
                            "exact",
                            "estimate",
                            "checkout-2",
                            "198 calls, the last at 14:32:06");
        });
    }

    @Test
    void theCallThatOpenedItIsChosenAndTheArrowsChooseOthers() {
        Fx.run(() -> {
            ScreenBench on = shown();
            assertThat(on.words()).contains("14:31:45.302  failed  503  after 205\u00a0ms");
            press(on, KeyCode.HOME);
            assertThat(strip(on).chosen().get()).isEqualTo(20);
            press(on, KeyCode.RIGHT);
            assertThat(strip(on).getAccessibleText()).startsWith("14:31:43.516  good  200");
            press(on, KeyCode.LEFT);
            press(on, KeyCode.LEFT);
            assertThat(strip(on).chosen().get())
                    .as("no further than what is drawn")
                    .isEqualTo(20);
        });
    }

    @Test
    void aCallWhoseRequestIsStillKeptLeadsToItsExplanation() {
        Fx.run(() -> {
            ScreenBench on = shown();
            on.press("Explain this request");
            assertThat(on.opened).containsExactly("REQUESTS r-60");
            press(on, KeyCode.HOME);
            press(on, KeyCode.ENTER);
            assertThat(on.opened).hasSize(1);
            assertThat(explain(on).blockedReasonProperty().get()).isEqualTo("Its record is not kept");
        });
    }

    @Test
    void aCircuitThatNeverOpenedSaysSo() {
        Fx.run(() -> {
            ScreenBench on = ScreenBench.showing(BreakersScreen::new, SnapshotFixtures.calm());
            on.screen().reveal(CIRCUIT);
            on.layout();
            assertThat(on.words()).contains("It has never opened by itself.").doesNotContain("What would have been");
        });
    }

    @Test
    void aMeshThatDoesNotAnswerIsAskedAgainWhenTheCircuitMoves() {
        Fx.run(() -> {
            ScreenBench on = ScreenBench.showing(BreakersScreen::new, SnapshotFixtures.calm());
            on.mesh.refuseWith(new MeshException(MeshException.Kind.UNAVAILABLE, "nobody there"));
            on.screen().reveal(CIRCUIT);
            on.layout();
            assertThat(on.words()).contains("The mesh does not say why it opened: nobody there");
            on.mesh.refuseWith(null);
            on.mesh.explain(CIRCUIT, AutopsySketch.payment());
            on.mesh.deliver(SnapshotFixtures.paymentOpen());
            assertThat(on.words()).as("not at once").doesNotContain("What would have been");
            on.time.advance(AutopsyViewModel.REST);
            on.layout();
            assertThat(on.words()).contains("What would have been");
        });
    }

    private static ScreenBench shown() {
        ScreenBench on = ScreenBench.showing(BreakersScreen::new, SnapshotFixtures.paymentOpen());
        on.mesh.explain(CIRCUIT, AutopsySketch.payment());
        on.screen().reveal(CIRCUIT);
        on.layout();
        return on;
    }

    private static CallStrip strip(ScreenBench on) {
        return Nodes.all(on.root(), CallStrip.class).getFirst();
    }

    private static MeshButton explain(ScreenBench on) {
        List<MeshButton> found = Nodes.all(on.root(), MeshButton.class).stream()
                .filter(button -> "explain-call".equals(button.getId()))
                .toList();
        return found.getFirst();
    }

    private static void press(ScreenBench on, KeyCode key) {
        Event.fireEvent(strip(on), new KeyEvent(KeyEvent.KEY_PRESSED, "", "", key, false, false, false, false));
        on.layout();
    }
}
