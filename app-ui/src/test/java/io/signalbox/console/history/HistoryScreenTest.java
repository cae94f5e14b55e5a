package io.signalbox.console.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.console.fixture.AuditSketch;
import io.signalbox.console.fixture.FakeMesh;
import io.signalbox.console.fixture.SnapshotFixtures;
import io.signalbox.console.screen.Nodes;
import io.signalbox.console.screen.ScreenBench;
import io.signalbox.console.testing.Fx;
import io.signalbox.console.theme.Theme;
import io.signalbox.console.widget.MeshButton;
import io.signalbox.mesh.client.AuditEntry;
import io.signalbox.mesh.client.MeshException;
import io.signalbox.mesh.model.ChangeNote;
import java.util.Locale;
import java.util.function.Consumer;
import javafx.scene.control.Labeled;
import javafx.scene.control.ListView;
import org.junit.jupiter.api.Test;

class HistoryScreenTest {

    @Test
    void theNewestChangeIsShownWithItsLinesAndRevisions() {
        Fx.run(() -> {
            ScreenBench on = shown(Locale.ENGLISH, 1000, AuditSketch::of);
            assertThat(on.words())
                    .contains("Policy of reviews", "jonas: callers give up after a second")
                    .contains("rev 1", "rev 2", "in force", "- timeout: 2s", "+ timeout: 800ms");
        });
    }

    @Test
    void undoAsksWhyAndTakesBackTheNewest() {
        Fx.run(() -> {
            ScreenBench on = shown(Locale.ENGLISH, 1000, AuditSketch::of);
            on.press("Undo…");
            assertThat(on.words()).contains("Take back the newest change of reviews?");
            on.answer("too short", "Undo");
            assertThat(on.mesh.asked()).containsExactly("undo reviews by console: too short");
            assertThat(on.mesh.policy("reviews").yaml()).contains("timeout: 2s");
        });
    }

    @Test
    void anOlderRevisionIsBroughtBackForAReason() {
        Fx.run(() -> {
            ScreenBench on = shown(Locale.ENGLISH, 1000, AuditSketch::of);
            list(on).getSelectionModel().select(1);
            assertThat(on.has("Undo…")).isFalse();
            on.press("Bring back revision 1…");
            on.answer("calmer", "Bring back");
            assertThat(on.mesh.asked()).containsExactly("policy by console: calmer");
            assertThat(on.mesh.policy("reviews").revision()).isEqualTo(3);
            assertThat(on.mesh.policy("reviews").yaml()).contains("timeout: 2s");
        });
    }

    @Test
    void nothingIsBroughtBackWhenAnotherRevisionCameIntoForceMeanwhile() {
        Fx.run(() -> {
            ScreenBench on = shown(Locale.ENGLISH, 1000, AuditSketch::of);
            list(on).getSelectionModel().select(1);
            on.mesh.policies().put(AuditSketch.FIRST.replace("2s", "5s"), new ChangeNote("mira", ""));
            on.press("Bring back revision 1…");
            on.answer("calmer", "Bring back");
            assertThat(on.mesh.policy("reviews").yaml()).contains("timeout: 5s");
            assertThat(on.words()).anyMatch(words -> words.contains("expected: 3"));
        });
    }

    @Test
    void undoTakesBackNothingElseThanWhatWasShown() {
        Fx.run(() -> {
            ScreenBench on = shown(Locale.ENGLISH, 1000, AuditSketch::of);
            on.mesh.policies().put(AuditSketch.FIRST.replace("2s", "5s"), new ChangeNote("mira", ""));
            on.press("Undo…");
            on.answer("too short", "Undo");
            assertThat(on.mesh.asked()).isEmpty();
            assertThat(on.mesh.policy("reviews").yaml()).contains("timeout: 5s");
        });
    }

    @Test
    void whatIsNoPolicyIsTakenBackWhereItWasMade() {
        Fx.run(() -> {
            ScreenBench on = shown(Locale.ENGLISH, 1000, AuditSketch::of);
            list(on).getSelectionModel().select(2);
            assertThat(on.words())
                    .contains("Draining of pricing-2", "- serving", "+ draining")
                    .contains("This is no policy: take it back on Services.");
            on.press("Open Services");
            assertThat(on.opened).containsExactly("SERVICES pricing-2");
        });
    }

    @Test
    void newChangesComeInAndTheChosenOneStays() {
        Fx.run(() -> {
            ScreenBench on = shown(Locale.ENGLISH, 1000, AuditSketch::of);
            list(on).getSelectionModel().select(1);
            AuditEntry chosen = list(on).getSelectionModel().getSelectedItem();
            AuditSketch.put(on.mesh, 4, AuditSketch.FIRST.replace("2s", "3s"), new ChangeNote("ada", "middle"));
            on.mesh.deliver(SnapshotFixtures.later(SnapshotFixtures.calm(), 60));
            assertThat(list(on).getItems()).hasSize(4);
            assertThat(list(on).getSelectionModel().getSelectedItem()).isEqualTo(chosen);
            assertThat(on.words()).contains("ada: middle", "rev 1", "+ timeout: from the log");
        });
    }

    @Test
    void aLongLogIsReadPageByPage() {
        Fx.run(() -> {
            ScreenBench on = shown(Locale.ENGLISH, 1000, mesh -> {
                for (int i = 1; i <= 150; i++) {
                    mesh.audited(AuditSketch.entry(i, "mira", "", AuditEntry.Kind.LOAD, "load", null, "-1\n+2"));
                }
            });
            assertThat(list(on).getItems()).hasSize(100);
            on.press("Show older changes");
            assertThat(list(on).getItems())
                    .extracting(AuditEntry::sequence)
                    .hasSize(150)
                    .isSortedAccordingTo(java.util.Comparator.reverseOrder());
            assertThat(on.has("Show older changes")).isFalse();
        });
    }

    @Test
    void aFilterFindsByServiceByPersonAndByText() {
        Fx.run(() -> {
            ScreenBench on = shown(Locale.ENGLISH, 1000, AuditSketch::of);
            filter(on, "by:jonas");
            assertThat(list(on).getItems()).extracting(AuditEntry::sequence).containsExactly(3L, 1L);
            filter(on, "service:reviews by:jonas");
            assertThat(list(on).getItems()).extracting(AuditEntry::sequence).containsExactly(3L);
            filter(on, "mornings");
            assertThat(list(on).getItems()).extracting(AuditEntry::sequence).containsExactly(2L);
            assertThat(on.words()).contains("1 of 3");
            filter(on, "nobody");
            assertThat(on.words()).contains("nobody");
            on.screen().reveal("pricing-2");
            assertThat(list(on).getItems()).extracting(AuditEntry::sequence).containsExactly(1L);
        });
    }

    @Test
    void anEmptyLogAndOneThatCannotBeReadSaySo() {
        Fx.run(() -> {
            assertThat(shown(Locale.ENGLISH, 1000, mesh -> {}).words()).contains("Nothing has been changed yet");
            ScreenBench on = shown(
                    Locale.ENGLISH,
                    1000,
                    mesh -> mesh.refuseWith(new MeshException(MeshException.Kind.FAILED, "store: closed")));
            assertThat(on.words()).contains("The history could not be read");
            on.mesh.refuseWith(null);
            AuditSketch.of(on.mesh);
            on.press("Try again");
            assertThat(on.words()).contains("Policy of reviews");
        });
    }

    @Test
    void whileDisconnectedNothingCanBeChanged() {
        Fx.run(() -> {
            ScreenBench on = shown(Locale.ENGLISH, 1000, AuditSketch::of);
            on.mesh.disconnect("connection refused");
            on.layout();
            assertThat(Nodes.all(on.root(), MeshButton.class))
                    .filteredOn(button -> button.getText().equals("Undo…"))
                    .singleElement()
                    .matches(button -> button.blockedReasonProperty().get().startsWith("Not connected"));
        });
    }

    @Test
    void everyControlHasANameForAScreenReader() {
        Fx.run(() -> assertThat(Nodes.nameless(
                        shown(Locale.ENGLISH, 1000, AuditSketch::of).root()))
                .isEmpty());
    }

    @Test
    void inGermanInANarrowWindowNoButtonIsCut() {
        Fx.run(() -> {
            ScreenBench on = shown(Locale.GERMAN, 812, AuditSketch::of);
            list(on).getSelectionModel().select(1);
            on.layout();
            assertThat(Nodes.all(on.root(), MeshButton.class))
                    .filteredOn(Labeled::isVisible)
                    .allMatch(button -> button.getWidth() >= button.prefWidth(-1) - 1);
            assertThat(on.words()).contains("Revision 1 zurückholen…");
        });
    }

    private static ScreenBench shown(Locale locale, double width, Consumer<FakeMesh> happened) {
        ScreenBench on = new ScreenBench(locale);
        happened.accept(on.mesh);
        on.show(HistoryScreen::new);
        on.scene(width, 800, Theme.DARK);
        on.mesh.deliver(SnapshotFixtures.calm());
        on.layout();
        return on;
    }

    private static void filter(ScreenBench on, String words) {
        on.find(".mesh-filter-field .text-field", javafx.scene.control.TextField.class)
                .setText(words);
        on.layout();
    }

    @SuppressWarnings("unchecked")
    private static ListView<AuditEntry> list(ScreenBench on) {
        return on.find("#history-changes", ListView.class);
    }
}
