package io.signalbox.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.signalbox.console.rehearsal.Play;
import io.signalbox.console.shell.ScreenId;
import io.signalbox.console.testing.Fx;
import io.signalbox.console.theme.Appearance;
import io.signalbox.console.theme.MemoryPreferences;
import io.signalbox.console.theme.Theme;
import java.util.List;
import javafx.application.Platform;
import org.junit.jupiter.api.Test;

/** Every screen can be gone through by a thread that is not the FX thread. */
class RehearsedScreensTest {

    @Test
    void everyScreenIsGoneThroughOffTheFxThread() {
        List<String> sheets = Fx.call(() -> new Appearance(new MemoryPreferences()).sheets());
        assertThat(Platform.isFxApplicationThread()).isFalse();
        Play play = RehearsedScreens.play(Theme.DARK.id(), sheets);

        for (ScreenId screen : ScreenId.values()) {
            assertThatCode(() -> play.of(screen)).as(screen.id()).doesNotThrowAnyException();
        }
    }
}
