package io.signalbox.console.whatif;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.console.fixture.SnapshotFixtures;
import io.signalbox.console.format.Formats;
import io.signalbox.console.policies.PoliciesScreen;
import io.signalbox.console.rollouts.RolloutsScreen;
import io.signalbox.console.screen.Nodes;
import io.signalbox.console.screen.ScreenBench;
import io.signalbox.console.testing.Fx;
import io.signalbox.console.text.Texts;
import io.signalbox.console.theme.Theme;
import io.signalbox.mesh.client.MeshException;
import io.signalbox.mesh.whatif.Certainty;
import io.signalbox.mesh.whatif.Change;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import javafx.scene.Scene;
import javafx.scene.control.Label;
import javafx.scene.control.TextArea;
import javafx.scene.control.TextField;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class WhatIfViewTest {

    @Test
    void theAnswerStandsBesideTheTextBeforeItIsApplied() {
        Fx.run(() -> {
            ScreenBench on = edited();
            on.press("What if…");

            assertThat(on.mesh.requests().wondered()).containsExactly("policies");
            assertThat(words(on))
                    .contains(
                            "Of 812 requests in the last 10 min, 96 would go to v2 instead of v1; 3 would be denied by"
                                    + " rule no-guests.",
                            "Compared with revision 4 in force. 824 of about 3,410 requests are kept (24.2 %). 40 of"
                                    + " them failed, were slow or were tried again.",
                            "about 8",
                            "would be refused by a rate limit",
                            "exact",
                            "estimate",
                            "12 unknown: the text looks at a header that was not kept.",
                            "Differs, and is not replayed: loadBalancing");
            assertThat(on.has("Apply…")).isTrue();
        });
    }

    @Test
    void aLongAnswerIsBuiltInPieces() {
        Fx.run(() -> {
            ScreenBench on = edited();
            on.mesh.requests().wouldBe(List.of(WhatIfSketch.ofChanges(500)));
            on.press("What if…");
            int first = Nodes.all(on.root(), Label.class).stream()
                    .filter(label -> label.getText().startsWith("would go to v2 instead of v1"))
                    .toList()
                    .size();
            assertThat(first).isBetween(1, 20);
            for (int pulse = 0; pulse < 20; pulse++) {
                on.time.advance(Duration.ofMillis(50));
            }
            assertThat(Nodes.all(on.root(), Label.class).stream()
                            .filter(label -> label.getText().startsWith("would go to v2 instead of v1")))
                    .hasSizeBetween(50, 60);
        });
    }

    @Test
    void anExampleOpensItsRequest() {
        Fx.run(() -> {
            ScreenBench on = edited();
            on.press("What if…");
            on.press("Explain request r-77001234");

            assertThat(on.opened).containsExactly("REQUESTS r-77001234");
        });
    }

    @Test
    void anotherTextHasAnotherAnswer() {
        Fx.run(() -> {
            ScreenBench on = edited();
            on.press("What if…");
            text(on).appendText("# more\n");

            assertThat(words(on)).doesNotContain("estimate");
        });
    }

    @Test
    void aTextThatIsNotValidIsNotAskedAbout() {
        Fx.run(() -> {
            ScreenBench on = edited();
            text(on).appendText("nonsense: 1\n");
            on.time.advance(Duration.ofSeconds(1));
            on.press("What if…");

            assertThat(on.mesh.requests().wondered()).isEmpty();
        });
    }

    @Test
    void nothingRecordedAndNoAnswerAreSaid() {
        Fx.run(() -> {
            ScreenBench on = edited();
            on.mesh.requests().wouldBe(List.of(WhatIfSketch.nothing()));
            on.press("What if…");
            assertThat(words(on))
                    .contains("Nothing recorded yet: no request to catalog that is kept ended in the last 10 min.");

            on.mesh.requests().refuseWith(new MeshException(MeshException.Kind.UNAVAILABLE, "nobody answers"));
            on.press("What if…");
            assertThat(words(on)).contains("No answer: nobody answers");
        });
    }

    @Test
    void theFirstStepOfARolloutIsAskedAboutBeforeItStarts() {
        Fx.run(() -> {
            ScreenBench on = ScreenBench.showing(RolloutsScreen::new, SnapshotFixtures.canary());
            on.mesh.requests().wouldBe(List.of(WhatIfSketch.full()));
            on.press("Start a rollout…");
            on.find("#rollouts-start-weight", TextField.class).setText("120");
            on.press("What if…");
            assertThat(on.mesh.requests().wondered()).isEmpty();
            on.find("#rollouts-start-weight", TextField.class).setText("20");
            on.press("What if…");

            assertThat(on.mesh.requests().wondered()).singleElement().asString().matches("\\S+\\{\\S+=20 %}");
            assertThat(words(on)).contains("would go to v2 instead of v1");
        });
    }

    @ParameterizedTest
    @EnumSource(
            value = Theme.class,
            names = {"DARK", "LIGHT"})
    void theAnswerLeavesRoomForTheText(Theme theme) throws Exception {
        Path taken = Fx.call(() -> {
            ScreenBench on = new ScreenBench(Locale.ENGLISH);
            on.show(PoliciesScreen::new);
            Scene scene = on.scene(1000, 700, theme);
            on.mesh.deliver(SnapshotFixtures.calm());
            edit(on);
            on.press("What if…");
            assertThat(text(on).getWidth()).isGreaterThan(300);
            return Fx.picture(scene, "what-if-" + theme.id());
        });
        assertThat(Files.size(taken)).isGreaterThan(10_000);
    }

    @Test
    void everyChangeHasWordsInBothLanguages() {
        for (Locale locale : List.of(Locale.ENGLISH, Locale.GERMAN)) {
            Texts texts = Texts.of(locale);
            WhatIfWords words = new WhatIfWords(texts, Formats.of(locale, ZoneOffset.UTC));
            Arrays.stream(Change.Kind.values())
                    .forEach(kind -> assertThat(texts.get("whatif.change."
                                    + kind.name().toLowerCase(Locale.ROOT).replace('_', '-')))
                            .doesNotStartWith("whatif."));
            assertThat(words.sentence(WhatIfSketch.full())).contains("96").doesNotContain("whatif.");
            WhatIfSketch.full()
                    .changes()
                    .forEach(change -> assertThat(words.why(change)).doesNotStartWith("whatif."));
        }
        assertThat(new WhatIfWords(Texts.of(Locale.GERMAN), Formats.of(Locale.GERMAN, ZoneOffset.UTC))
                        .sentence(WhatIfSketch.full()))
                .startsWith("Von 812 Anfragen der letzten 10")
                .contains("96 gingen zu v2 statt v1; 3 würden durch Regel no-guests abgewiesen.");
    }

    @Test
    void noServiceIsSaidInTheLanguageOfThePerson() {
        Change change = new Change(Change.Kind.VERSION, "v1", "no service", 3, 0.1, Certainty.EXACT, "why", List.of());
        WhatIfWords words = new WhatIfWords(Texts.of(Locale.GERMAN), Formats.of(Locale.GERMAN, ZoneOffset.UTC));
        assertThat(words.words(change)).isEqualTo("gingen zu keinem Dienst statt v1");
    }

    /** Units stand behind blanks that do not break. */
    private static List<String> words(ScreenBench on) {
        return on.words().stream().map(text -> text.replace('\u00a0', ' ')).toList();
    }

    private static ScreenBench edited() {
        ScreenBench on = ScreenBench.showing(PoliciesScreen::new, SnapshotFixtures.calm());
        edit(on);
        return on;
    }

    private static void edit(ScreenBench on) {
        on.mesh.requests().wouldBe(List.of(WhatIfSketch.full()));
        on.screen().reveal("catalog");
        on.layout();
        text(on).setText(text(on).getText().replaceFirst("timeout: \\S+", "timeout: 4s"));
        on.time.advance(Duration.ofSeconds(1));
        on.layout();
    }

    private static TextArea text(ScreenBench on) {
        return on.find(".policy-text", TextArea.class);
    }
}
