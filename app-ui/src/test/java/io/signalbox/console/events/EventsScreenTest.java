package io.signalbox.console.events;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.console.fixture.SnapshotFixtures;
import io.signalbox.console.format.Formats;
import io.signalbox.console.screen.Nodes;
import io.signalbox.console.screen.ScreenBench;
import io.signalbox.console.screen.ShopStory;
import io.signalbox.console.testing.Fx;
import io.signalbox.console.text.Texts;
import io.signalbox.mesh.event.MeshEvent;
import io.signalbox.mesh.event.RecordedEvent;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Locale;
import javafx.scene.control.TableView;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventsScreenTest {

    @ParameterizedTest
    @ValueSource(strings = {"en", "de"})
    void everyKindOfEventIsSaidInWords(String language) {
        Locale locale = Locale.of(language);
        EventWords words = new EventWords(Texts.of(locale), Formats.of(locale, ZoneOffset.UTC));
        assertThat(ShopStory.events().stream()
                        .map(recorded -> recorded.event().getClass().getSimpleName()))
                .contains(Arrays.stream(MeshEvent.class.getPermittedSubclasses())
                        .map(Class::getSimpleName)
                        .toArray(String[]::new));
        for (RecordedEvent recorded : ShopStory.events()) {
            Said said = words.say(recorded.event());
            assertThat(said.what()).doesNotStartWith("events.").doesNotContain("{");
            assertThat(said.detail()).doesNotContain("{").doesNotContain("events.");
            assertThat(said.target()).isNotBlank();
        }
    }

    @Test
    void enterOpensTheScreenThatTheEventConcerns() {
        Fx.run(() -> {
            ScreenBench on = shown();
            assertThat(on.words()).contains("checkout-1 → mailer-1: Open → Half-open", "open time over");
            TableView<?> table = on.find("#events-table", TableView.class);
            table.getSelectionModel().select(0);
            table.fireEvent(new KeyEvent(KeyEvent.KEY_PRESSED, "", "", KeyCode.ENTER, false, false, false, false));
            assertThat(on.opened).containsExactly("BREAKERS checkout-1->mailer-1");
        });
    }

    @Test
    void aTopicLeavesItsEventsAndAFilterLooksInTheWords() {
        Fx.run(() -> {
            ScreenBench on = shown();
            TableView<?> table = on.find("#events-table", TableView.class);
            on.press("Breakers");
            assertThat(table.getItems()).hasSize(6);
            on.screen().reveal("bank maintenance");
            assertThat(table.getItems()).hasSize(1);
            assertThat(on.words()).contains("1 of 21");
        });
    }

    @Test
    void aFailedFetchSaysWhy() {
        Fx.run(() -> {
            ScreenBench on = ScreenBench.showing(EventsScreen::new);
            on.mesh.refuseWith(new io.signalbox.mesh.client.MeshException(
                    io.signalbox.mesh.client.MeshException.Kind.UNAVAILABLE, "control plane: away"));
            on.mesh.deliver(ShopStory.happened(SnapshotFixtures.calm()));
            assertThat(on.words()).contains("The events could not be read", "control plane: away");
        });
    }

    @Test
    void everyControlHasANameForAScreenReader() {
        Fx.run(() -> assertThat(Nodes.nameless(shown().root())).isEmpty());
    }

    private static ScreenBench shown() {
        ScreenBench on = ScreenBench.showing(EventsScreen::new);
        ShopStory.events().forEach(on.mesh::record);
        on.mesh.deliver(ShopStory.happened(SnapshotFixtures.calm()));
        on.layout();
        return on;
    }
}
