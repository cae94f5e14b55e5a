package io.signalbox.console.widget;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.console.testing.Fx;
import io.signalbox.console.theme.Theme;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Takes the pictures of all components that a person compares with the design. */
class GalleryTest {

    @ParameterizedTest
    @EnumSource(Theme.class)
    void everyComponentIsPictured(Theme theme) throws Exception {
        Path components = Fx.call(
                () -> Fx.picture(Fx.scene(new ComponentSheet(), 1440, 900, theme), "gallery-components-" + theme.id()));
        Path states =
                Fx.call(() -> Fx.picture(Fx.scene(new StateSheet(), 1440, 900, theme), "gallery-states-" + theme.id()));
        assertThat(Files.size(components)).isGreaterThan(20_000);
        assertThat(Files.size(states)).isGreaterThan(10_000);
    }
}
