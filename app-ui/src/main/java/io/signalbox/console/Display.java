package io.signalbox.console;

import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Whether a window can be opened here. */
final class Display {

    private Display() {}

    /** Why no window can be opened; empty when one can, as far as can be known before trying. */
    static Optional<String> missing(Map<String, String> environment, String operatingSystem, String platform) {
        boolean drawsToMemory = platform.equalsIgnoreCase("headless");
        boolean needsServer = operatingSystem.startsWith("Linux") && !drawsToMemory;
        if (needsServer && blank(environment.get("DISPLAY")) && blank(environment.get("WAYLAND_DISPLAY"))) {
            return Optional.of("display: none (expected: DISPLAY or WAYLAND_DISPLAY to name one)");
        }
        return Optional.empty();
    }

    /** What to install when the toolkit cannot load its libraries. */
    static String libraries(Throwable failure) {
        return "display: the window toolkit did not start: " + failure.getMessage()
                + " (expected: GTK 3 and a font, on Debian: apt install libgtk-3-0 libpangoft2-1.0-0)";
    }

    private static boolean blank(@Nullable String text) {
        return text == null || text.isBlank();
    }
}
