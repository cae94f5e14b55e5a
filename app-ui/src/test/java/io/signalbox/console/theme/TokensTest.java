package io.signalbox.console.theme;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.regex.Pattern;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokensTest {

    private static final List<String> GROUNDS = List.of(
            "-color-bg-inset",
            "-color-bg-default",
            "-color-bg-subtle",
            "-color-bg-overlay",
            "-mesh-bg-hover",
            "-mesh-bg-active");
    private static final List<String> TEXTS = List.of(
            "-color-fg-default",
            "-color-fg-muted",
            "-color-fg-subtle",
            "-color-accent-fg",
            "-color-success-fg",
            "-color-warning-fg",
            "-color-danger-fg",
            "-mesh-info",
            "-mesh-idle",
            "-mesh-v1",
            "-mesh-v2",
            "-mesh-v3");
    private static final List<String> FILLS = List.of(
            "-color-accent-emphasis",
            "-color-success-emphasis",
            "-color-warning-emphasis",
            "-color-danger-emphasis",
            "-mesh-info-emphasis");
    private static final List<String> SHAPES =
            List.of("-mesh-lamp-ok", "-mesh-lamp-warn", "-mesh-lamp-danger", "-mesh-idle", "-mesh-border-strong");
    private static final List<String> TINTED = List.of("accent", "success", "warning", "danger");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "tokens-dark.css",
                "tokens-light.css",
                "tokens-high-contrast.css",
                "tokens-high-contrast-dark.css"
            })
    void everyTextCanBeReadOnEveryGround(String tokens) throws IOException {
        Sheet sheet = Sheet.of(tokens);
        SoftAssertions all = new SoftAssertions();
        for (String text : TEXTS) {
            for (String ground : GROUNDS) {
                all.assertThat(sheet.contrast(text, ground))
                        .as(text + " on " + ground)
                        .isGreaterThanOrEqualTo(4.5);
            }
            if (!text.startsWith("-mesh-v")) {
                all.assertThat(sheet.contrast(text, "-color-accent-subtle"))
                        .as(text + " on a selected row")
                        .isGreaterThanOrEqualTo(4.5);
            }
        }
        for (String tint : TINTED) {
            all.assertThat(sheet.contrast("-color-" + tint + "-fg", "-color-" + tint + "-subtle"))
                    .as(tint + " on its tint")
                    .isGreaterThanOrEqualTo(4.5);
        }
        for (String fill : FILLS) {
            all.assertThat(sheet.contrast("-color-fg-emphasis", fill)).as(fill).isGreaterThanOrEqualTo(5.0);
        }
        for (String shape : SHAPES) {
            for (String ground : List.of("-color-bg-default", "-color-bg-inset")) {
                all.assertThat(sheet.contrast(shape, ground))
                        .as(shape + " on " + ground)
                        .isGreaterThanOrEqualTo(3);
            }
        }
        all.assertAll();
    }

    @ParameterizedTest
    @ValueSource(strings = {"tokens-high-contrast.css", "tokens-high-contrast-dark.css"})
    void highContrastTextReachesSevenToOne(String tokens) throws IOException {
        Sheet sheet = Sheet.of(tokens);
        for (String text : TEXTS) {
            assertThat(sheet.contrast(text, "-color-bg-default")).as(text).isGreaterThanOrEqualTo(7);
        }
    }

    @Test
    void everyThemeGivesEveryToken() throws IOException {
        var names = Sheet.of("tokens-dark.css").values().keySet();
        assertThat(Sheet.of("tokens-light.css").values().keySet()).containsExactlyElementsOf(names);
        assertThat(Sheet.of("tokens-high-contrast.css").values().keySet()).containsAll(names);
        assertThat(Sheet.of("tokens-high-contrast-dark.css").values().keySet()).containsAll(names);
    }

    @ParameterizedTest
    @ValueSource(strings = {"console.css", "widgets.css", "shell.css", "faces.css"})
    void onlyTheTokenSheetsNameColours(String file) throws IOException {
        String css = Sheet.text(file);
        assertThat(Pattern.compile("#[0-9a-fA-F]{3,8}|rgba?\\(").matcher(css).results())
                .isEmpty();
    }

    @Test
    void everyCanvasColourHasAValue() throws IOException {
        String css = Sheet.text("console.css");
        for (Token token : Token.values()) {
            assertThat(css).contains(token.property() + ": ");
        }
    }
}
