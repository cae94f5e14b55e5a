package io.signalbox.console.events;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.console.format.Formats;
import io.signalbox.console.text.Texts;
import io.signalbox.mesh.event.MeshEvent;
import io.signalbox.mesh.model.Weight;
import io.signalbox.mesh.model.status.RolloutPhase;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** What is said of events. */
class EventWordsTest {

    @Test
    void everyMoveOfARolloutIsSaidInBothLanguages() {
        for (Locale locale : List.of(Locale.ENGLISH, Locale.GERMAN)) {
            EventWords words = new EventWords(Texts.of(locale), Formats.of(locale, ZoneOffset.UTC));
            for (RolloutPhase phase : RolloutPhase.values()) {
                MeshEvent moved =
                        new MeshEvent.RolloutMoved("catalog", 3, "v2", phase, new Weight(20), "", null, null, "mira");

                assertThat(words.say(moved).what())
                        .as("%s in %s", phase, locale)
                        .contains("catalog")
                        .doesNotContain("events.");
            }
        }
    }
}
