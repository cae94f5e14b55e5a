package io.signalbox.console.policies;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.console.fixture.SnapshotFixtures;
import io.signalbox.console.screen.Nodes;
import io.signalbox.console.screen.ScreenBench;
import io.signalbox.console.testing.Fx;
import java.util.List;
import java.util.Locale;
import javafx.event.Event;
import javafx.scene.control.ListView;
import javafx.scene.control.TextArea;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import org.junit.jupiter.api.Test;

class PoliciesScreenTest {

    @Test
    void aTextIsAppliedWithAReasonAfterSayingWhatItChanges() {
        Fx.run(() -> {
            ScreenBench on = shown("catalog");
            TextArea text = text(on);
            text.setText(text.getText().replaceFirst("timeout: \\S+", "timeout: 4s"));
            on.time.advance(PoliciesViewModel.REST);
            on.press("Apply…");
            assertThat(on.words())
                    .contains("Apply this policy of catalog?")
                    .anyMatch(words -> words.startsWith("1 lines come and 1 go."));
            on.answer("slow disks", "Apply");
            assertThat(on.mesh.asked()).containsExactly("policy by console: slow disks");
            assertThat(on.words()).contains("rev 1", "The policy of catalog holds");
        });
    }

    @Test
    void whatIsWrongIsSaidWithItsPlaceAndCannotBeApplied() {
        Fx.run(() -> {
            ScreenBench on = shown("catalog");
            TextArea text = text(on);
            text.setText(text.getText().replaceFirst("timeout: \\S+", "timeout: soon"));
            on.time.advance(PoliciesViewModel.REST);
            assertThat(on.words()).anyMatch(words -> words.startsWith("timeout: soon (expected: "));
            on.press("Go there");
            assertThat(text.getSelectedText()).isEqualTo("soon");
            on.press("Apply…");
            assertThat(on.mesh.asked()).isEmpty();
        });
    }

    @Test
    void whatCannotBeReadIsSaidBesideWhatCan() {
        Fx.run(() -> {
            ScreenBench on = new ScreenBench(Locale.ENGLISH);
            on.mesh.policies().tell("catalog", "service: catalog");
            on.show(PoliciesScreen::new);
            on.mesh.deliver(SnapshotFixtures.calm());
            assertThat(on.words())
                    .contains("bank")
                    .anyMatch(words -> words.startsWith("The policy of catalog cannot be read: line 1, column 1: "));
        });
    }

    @Test
    void whereNoneCanBeReadTheFirstReasonStandsInTheirPlace() {
        Fx.run(() -> {
            ScreenBench on = new ScreenBench(Locale.GERMAN);
            SnapshotFixtures.calm()
                    .services()
                    .forEach(service -> on.mesh.policies().tell(service.name(), "service: x"));
            on.show(PoliciesScreen::new);
            on.mesh.deliver(SnapshotFixtures.calm());
            assertThat(on.words())
                    .contains("Die Regeln konnten nicht gelesen werden")
                    .anyMatch(words -> words.contains("Diensten sind nicht lesbar; die von bank: line 1, column 1: "));
        });
    }

    @Test
    void theNumbersFollowTheLines() {
        Fx.run(() -> {
            ScreenBench on = shown("catalog");
            text(on).setText("a\nb\nc");
            assertThat(on.find(".policy-numbers", TextArea.class).getText().strip())
                    .isEqualTo("1\n2\n3");
        });
    }

    @Test
    void theTabKeyPutsBlanksThere() {
        Fx.run(() -> {
            ScreenBench on = shown("catalog");
            TextArea text = text(on);
            text.setText("retry:\n");
            text.end();
            Event.fireEvent(text, new KeyEvent(KeyEvent.KEY_PRESSED, "", "", KeyCode.TAB, false, false, false, false));
            assertThat(text.getText()).isEqualTo("retry:\n  ");
        });
    }

    @Test
    void ofALongDifferenceOnlyTheBeginningIsShown() {
        Fx.run(() -> {
            ScreenBench on = shown("catalog");
            text(on).appendText("# one line more\n".repeat(20_000));
            on.press("Changes");
            assertThat(on.words()).filteredOn("+ # one line more"::equals).hasSizeLessThan(500);
            assertThat(on.words()).anyMatch(words -> words.endsWith(" lines more"));
        });
    }

    @Test
    void aFilterThatHidesTheOpenServiceLeavesItOpen() {
        Fx.run(() -> {
            ScreenBench on = shown("catalog");
            String before = text(on).getText();
            on.find(".policy-services", ListView.class).requestFocus();
            for (String part : List.of("p", "pa", "payment", "", "r")) {
                Nodes.all(on.root(), TextField.class).getFirst().setText(part);
                on.layout();
                assertThat(text(on).getText()).isEqualTo(before);
            }
        });
    }

    @Test
    void choosingAServiceOpensItsPolicy() {
        Fx.run(() -> {
            ScreenBench on = shown("catalog");
            ListView<?> list = on.find(".policy-services", ListView.class);
            list.getSelectionModel().select(0);
            assertThat(text(on).getText())
                    .contains("service: " + ((PolicyRow) list.getItems().getFirst()).service());
        });
    }

    @Test
    void theHistoryShowsWhatEachChangeDid() {
        Fx.run(() -> {
            ScreenBench on = shown("catalog");
            text(on).setText(text(on).getText().replaceFirst("timeout: \\S+", "timeout: 4s"));
            on.time.advance(PoliciesViewModel.REST);
            on.press("Apply…");
            on.answer("slow disks", "Apply");
            text(on).setText(text(on).getText().replaceFirst("timeout: \\S+", "timeout: 6s"));
            on.time.advance(PoliciesViewModel.REST);
            on.press("Apply…");
            on.answer("slower disks", "Apply");
            on.press("History");
            assertThat(on.words())
                    .contains("console: slower disks", "console: slow disks", "- timeout: 4s", "+ timeout: 6s");
        });
    }

    private static TextArea text(ScreenBench on) {
        return on.find(".policy-text", TextArea.class);
    }

    private static ScreenBench shown(String service) {
        ScreenBench on = ScreenBench.showing(PoliciesScreen::new, SnapshotFixtures.calm());
        on.screen().reveal(service);
        on.layout();
        return on;
    }
}
