package io.signalbox.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DisplayTest {

    @Test
    void onLinuxADisplayIsNamedByOneOfTwoVariables() {
        assertThat(Display.missing(Map.of("DISPLAY", ":0"), "Linux", "")).isEmpty();
        assertThat(Display.missing(Map.of("WAYLAND_DISPLAY", "wayland-0"), "Linux", ""))
                .isEmpty();
        assertThat(Display.missing(Map.of(), "Linux", ""))
                .hasValue("display: none (expected: DISPLAY or WAYLAND_DISPLAY to name one)");
        assertThat(Display.missing(Map.of("DISPLAY", " ", "WAYLAND_DISPLAY", ""), "Linux", ""))
                .isPresent();
    }

    @ParameterizedTest
    @CsvSource({"Mac OS X, ''", "Windows 11, ''", "Linux, Headless", "Linux, headless"})
    void elsewhereAndInMemoryNoVariableIsNeeded(String system, String platform) {
        assertThat(Display.missing(Map.of(), system, platform)).isEmpty();
    }

    @Test
    void librariesThatAreMissingAreNamedWithTheCommandThatBringsThem() {
        assertThat(Display.libraries(new UnsatisfiedLinkError("libgtk-3.so.0: cannot open")))
                .isEqualTo("display: the window toolkit did not start: libgtk-3.so.0: cannot open (expected: GTK 3 and"
                        + " a font, on Debian: apt install libgtk-3-0 libpangoft2-1.0-0)");
    }
}
