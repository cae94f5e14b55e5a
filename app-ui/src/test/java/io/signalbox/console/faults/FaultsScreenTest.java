package io.signalbox.console.faults;

import static org.assertj.core.api.Assertions.assertThat;

import atlantafx.base.controls.ToggleSwitch;
import io.signalbox.console.fixture.SnapshotFixtures;
import io.signalbox.console.screen.Nodes;
import io.signalbox.console.screen.ScreenBench;
import io.signalbox.console.testing.Fx;
import io.signalbox.console.text.Texts;
import io.signalbox.mesh.client.MeshException;
import io.signalbox.mesh.model.status.FaultStatus;
import io.signalbox.shop.fault.FaultBoard;
import java.util.Locale;
import javafx.scene.control.Slider;
import javafx.scene.input.Clipboard;
import org.junit.jupiter.api.Test;

class FaultsScreenTest {

    @Test
    void switchingAFaultOnAsksTheMeshAtOnceAndTheSwitchStays() {
        Fx.run(() -> {
            ScreenBench on = shown();
            toggle(on, "payment-burst").setSelected(true);
            assertThat(on.mesh.asked()).containsExactly("fault payment-burst ON by console");
            on.mesh.deliver(SnapshotFixtures.calm());
            assertThat(toggle(on, "payment-burst").isSelected()).isTrue();
            on.mesh.deliver(SnapshotFixtures.paymentOpen());
            assertThat(on.words()).contains("On", "since 14:31:38");
            assertThat(on.mesh.asked()).hasSize(1);
        });
    }

    @Test
    void aRefusedSwitchGoesBackAndSaysWhy() {
        Fx.run(() -> {
            ScreenBench on = shown();
            on.mesh.refuseWith(new MeshException(MeshException.Kind.UNAVAILABLE, "scenario: stopped"));
            toggle(on, "bad-canary").setSelected(true);
            assertThat(toggle(on, "bad-canary").isSelected()).isFalse();
            assertThat(on.words()).contains("scenario: stopped");
            assertThat(on.mesh.asked()).isEmpty();
        });
    }

    @Test
    void movingTheLeverAsksForTheRateAndFollowingTheMeshDoesNot() {
        Fx.run(() -> {
            ScreenBench on = shown();
            assertThat(on.mesh.asked()).isEmpty();
            lever(on).setValue(1_200);
            assertThat(on.mesh.asked()).containsExactly("load 1200.0 by console");
            on.mesh.deliver(SnapshotFixtures.calm());
            assertThat(lever(on).getValue()).isEqualTo(1_200);
            for (int i = 0; i < 8; i++) {
                on.mesh.deliver(SnapshotFixtures.calm());
            }
            assertThat(lever(on).getValue()).isEqualTo(738);
            assertThat(on.mesh.asked()).hasSize(1);
        });
    }

    @Test
    void whatIsOnIsMendedByOnePressAndWhatBecameOfPoliciesIsSaid() {
        Fx.run(() -> {
            ScreenBench on = shown();
            on.press("Put the policies in force that mend payment-burst");
            assertThat(on.mesh.asked()).isEmpty();
            on.mesh.deliver(SnapshotFixtures.paymentOpen());
            assertThat(on.words()).contains("policies it needs are in force: payment rev 7");
            on.press("Put the policies in force that mend payment-burst");
            assertThat(on.mesh.asked()).singleElement().asString().startsWith("policy by console");
        });
    }

    @Test
    void everyFaultOfTheShopIsToldInBothLanguagesAndInEnglishAsTheMeshTellsIt() {
        Texts english = Texts.of(Locale.ENGLISH);
        Texts german = Texts.of(Locale.GERMAN);
        for (FaultStatus fault : new FaultBoard(() -> SnapshotFixtures.AT).statuses()) {
            String key = "faults.of." + fault.name();
            assertThat(english.get(key + ".summary")).isEqualTo(fault.summary());
            assertThat(english.get(key + ".lesson")).isEqualTo(fault.lesson());
            assertThat(german.get(key + ".summary")).isNotIn(key + ".summary", fault.summary());
            assertThat(german.get(key + ".lesson")).isNotIn(key + ".lesson", fault.lesson());
        }
    }

    @Test
    void allFaultsCanBeSwitchedOffTogether() {
        Fx.run(() -> {
            ScreenBench on = ScreenBench.showing(FaultsScreen::new, SnapshotFixtures.paymentOpen());
            on.press("Switch all off");
            assertThat(on.mesh.asked()).containsExactly("fault payment-burst OFF by console");
        });
    }

    @Test
    void theSameCanBeCopiedForATerminal() {
        Fx.run(() -> {
            ScreenBench on = shown();
            on.press("Copy the command for payment-burst");
            assertThat(Clipboard.getSystemClipboard().getString()).isEqualTo("signalbox fault on payment-burst");
            on.press("Copy the command for this load");
            assertThat(Clipboard.getSystemClipboard().getString()).isEqualTo("signalbox load 738");
        });
    }

    @Test
    void aMeshWithoutAScenarioSaysSo() {
        Fx.run(() -> assertThat(ScreenBench.showing(FaultsScreen::new, SnapshotFixtures.empty())
                        .words())
                .contains("This mesh runs no scenario"));
    }

    @Test
    void whileDisconnectedNothingCanBeChanged() {
        Fx.run(() -> {
            ScreenBench on = shown();
            on.mesh.disconnect("connection refused");
            assertThat(lever(on).isDisabled()).isTrue();
            assertThat(toggle(on, "bad-canary").isDisabled()).isTrue();
        });
    }

    @Test
    void everyControlHasANameForAScreenReader() {
        Fx.run(() -> {
            ScreenBench on = shown();
            assertThat(Nodes.nameless(on.root())).isEmpty();
            assertThat(toggle(on, "bad-canary").getAccessibleText()).isEqualTo("Fault bad-canary: Off");
            assertThat(lever(on).getAccessibleText()).isEqualTo("Load: 738\u00a0req/s of at most 2,000");
        });
    }

    private static ScreenBench shown() {
        return ScreenBench.showing(FaultsScreen::new, SnapshotFixtures.calm());
    }

    private static ToggleSwitch toggle(ScreenBench on, String fault) {
        return on.find("#switch-" + fault, ToggleSwitch.class);
    }

    private static Slider lever(ScreenBench on) {
        return on.find("#load", Slider.class);
    }
}
