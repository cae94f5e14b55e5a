package io.signalbox.console.services;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.console.fixture.SnapshotFixtures;
import io.signalbox.console.screen.Nodes;
import io.signalbox.console.screen.ScreenBench;
import io.signalbox.console.testing.Fx;
import io.signalbox.console.theme.Theme;
import io.signalbox.console.widget.MeshButton;
import io.signalbox.mesh.model.ChangeNote;
import java.util.Locale;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import org.junit.jupiter.api.Test;

class ServicesScreenTest {

    @Test
    void drainingSaysWhereItsCallsGoAndAsksWhy() {
        Fx.run(() -> {
            ScreenBench on = shown();
            on.press("Drain… pricing-2");
            assertThat(on.words())
                    .contains("Drain pricing-2?")
                    .anyMatch(words -> words.contains("move to the 2 other instances of pricing"));
            on.answer("new kernel", "Drain");
            assertThat(on.mesh.asked()).containsExactly("drain pricing-2 ON by console: new kernel");
            assertThat(on.words()).contains("pricing-2 is drained");
        });
    }

    @Test
    void drainingTheLastOneSaysThatItsCallsWillFail() {
        Fx.run(() -> {
            ScreenBench on = shown();
            on.press("Drain… stock-1");
            assertThat(on.words()).anyMatch(words -> words.startsWith("No other instance of stock takes calls"));
        });
    }

    @Test
    void anInstanceThatCallersLeaveOutSaysHowManyAndForHowLong() {
        Fx.run(() -> {
            ScreenBench on = ScreenBench.showing(ServicesScreen::new, SnapshotFixtures.ejected());
            assertThat(on.words()).contains("Ejected 1/2, 0:25");
        });
    }

    @Test
    void aServiceWhosePolicyHasAFaultInForceSaysSoOnItsRows() {
        Fx.run(() -> {
            ScreenBench on = new ScreenBench(Locale.ENGLISH);
            on.mesh.policies().put("""
                apiVersion: signalbox.io/v1
                kind: TrafficPolicy
                service: pricing
                faults: [ { name: sleepy, share: 30, delay: { fixed: 80ms } } ]
                """, new ChangeNote("mira", ""));
            on.show(ServicesScreen::new);
            on.scene(1000, 900, Theme.DARK);
            on.mesh.deliver(SnapshotFixtures.canary());
            on.layout();
            assertThat(on.words().stream().filter("Fault"::equals)).hasSize(3);
        });
    }

    @Test
    void inGermanTheReasonOfAnEjectionIsGermanToo() {
        Fx.run(() -> {
            ScreenBench on = new ScreenBench(Locale.GERMAN);
            on.show(ServicesScreen::new);
            on.scene(1000, 900, Theme.DARK);
            on.mesh.deliver(SnapshotFixtures.ejected());
            on.layout();
            assertThat(Nodes.all(table(on), StateCell.class).stream()
                            .map(StateCell::getTooltip)
                            .filter(java.util.Objects::nonNull)
                            .map(tooltip -> tooltip.getText()))
                    .isNotEmpty()
                    .allMatch(text -> text.endsWith(": Fehler in Folge") || text.endsWith(": niedrige Erfolgsquote"));
        });
    }

    @Test
    void stoppingAProcessAsksFirst() {
        Fx.run(() -> {
            ScreenBench on = shown();
            on.press("Stop process… ratings-2");
            assertThat(on.mesh.asked()).isEmpty();
            on.press("Stop process");
            assertThat(on.mesh.asked()).containsExactly("instance ratings-2 OFF by console");
        });
    }

    @Test
    void figuresSortByTheirValuesNotByTheirText() {
        Fx.run(() -> {
            ScreenBench on = shown();
            TableView<InstanceRow> table = table(on);
            TableColumn<InstanceRow, ?> rate = table.getColumns().stream()
                    .filter(column -> column.getText().equals("req/s"))
                    .findFirst()
                    .orElseThrow();
            rate.setSortType(TableColumn.SortType.DESCENDING);
            table.getSortOrder().add(rate);
            assertThat(table.getItems())
                    .extracting(row -> row.current().stats().requestsPerSecond())
                    .isSortedAccordingTo(java.util.Comparator.reverseOrder());
            on.mesh.deliver(SnapshotFixtures.everythingDown());
            assertThat(table.getItems())
                    .extracting(row -> row.current().stats().requestsPerSecond())
                    .isSortedAccordingTo(java.util.Comparator.reverseOrder());
        });
    }

    @Test
    void rowsLastFromPictureToPicture() {
        Fx.run(() -> {
            ScreenBench on = shown();
            var before = java.util.List.copyOf(table(on).getItems());
            on.mesh.deliver(SnapshotFixtures.everythingDown());
            assertThat(table(on).getItems()).containsExactlyElementsOf(before);
        });
    }

    @Test
    void aFilterLeavesWhatMatchesAndSaysHowMuch() {
        Fx.run(() -> {
            ScreenBench on = shown();
            on.find(".mesh-filter-field .text-field", javafx.scene.control.TextField.class)
                    .setText("pricing");
            assertThat(table(on).getItems()).hasSize(3);
            assertThat(on.words()).anyMatch(words -> words.startsWith("3 of "));
        });
    }

    @Test
    void revealingAServiceSelectsItsFirstInstance() {
        Fx.run(() -> {
            ScreenBench on = shown();
            on.screen().reveal("payment");
            assertThat(table(on).getSelectionModel().getSelectedItem().instanceId())
                    .isEqualTo("payment-1");
        });
    }

    @Test
    void whileDisconnectedNothingCanBeChanged() {
        Fx.run(() -> {
            ScreenBench on = shown();
            on.mesh.disconnect("connection refused");
            on.layout();
            assertThat(Nodes.all(table(on), MeshButton.class))
                    .isNotEmpty()
                    .allMatch(button -> button.blockedReasonProperty().get().startsWith("Not connected"));
        });
    }

    @Test
    void everyControlHasANameForAScreenReader() {
        Fx.run(() -> assertThat(Nodes.nameless(shown().root())).isEmpty());
    }

    @Test
    void aNarrowTableLeavesOutWhatIsNotWatched() {
        Fx.run(() -> {
            ScreenBench on = new ScreenBench(Locale.GERMAN);
            on.show(ServicesScreen::new);
            on.scene(800, 700, Theme.DARK);
            on.mesh.deliver(SnapshotFixtures.canary());
            on.layout();
            assertThat(table(on).getVisibleLeafColumns())
                    .extracting(column -> column.getText())
                    .contains("Zustand", "Erfolg")
                    .doesNotContain("Adresse", "Lebenszeichen");
        });
    }

    private static ScreenBench shown() {
        return ScreenBench.showing(ServicesScreen::new, SnapshotFixtures.canary());
    }

    @SuppressWarnings("unchecked")
    private static TableView<InstanceRow> table(ScreenBench on) {
        return on.find("#services-table", TableView.class);
    }
}
