package io.signalbox.console.shell;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.console.testing.FakeMesh;
import io.signalbox.console.testing.Fx;
import io.signalbox.console.theme.Theme;
import io.signalbox.mesh.model.status.Latency;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Takes the pictures of the window that a person compares with the design. */
class ShellPictureTest {

    @ParameterizedTest
    @EnumSource(
            value = Theme.class,
            names = {"DARK", "LIGHT"})
    void theWindowIsPictured(Theme theme) throws Exception {
        Path file = Fx.call(() -> {
            ShellFixture fixture = new ShellFixture(theme);
            fixture.preferences.put("screen", "settings");
            try (ConsoleShell shell = new ConsoleShell(fixture.partsWithScreens())) {
                Scene scene = shell.scene();
                fixture.mesh.send(FakeMesh.picture(
                        1, FakeMesh.totals(738, 7_380, 413, new Latency(9_000_000, 30_000_000, 148_000_000, 1))));
                Fx.picture(scene, "gallery-shell-" + theme.id());
                fixture.mesh.disconnect("connection refused.");
                fixture.time.advance(Duration.ofSeconds(14));
                scene.getRoot().lookup("#search").requestFocus();
                ((Button) scene.getRoot().lookup("#search")).fire();
                return Fx.picture(scene, "gallery-shell-palette-" + theme.id());
            }
        });
        assertThat(Files.size(file)).isGreaterThan(10_000);
    }

    @Test
    void twiceTheTextSizeKeepsEverythingReachable() throws Exception {
        Path file = Fx.call(() -> {
            ShellFixture fixture = new ShellFixture(Theme.DARK);
            fixture.preferences.put("screen", "settings");
            fixture.appearance.sizePercentProperty().set(200);
            try (ConsoleShell shell = new ConsoleShell(fixture.partsWithScreens())) {
                Scene scene = shell.scene();
                fixture.mesh.send(FakeMesh.picture(
                        1, FakeMesh.totals(738, 7_380, 413, new Latency(9_000_000, 30_000_000, 148_000_000, 1))));
                Path picture = Fx.picture(scene, "gallery-shell-200");
                Node help = scene.getRoot().lookup("#help");
                assertThat(help.localToScene(help.getBoundsInLocal()).getMaxX()).isLessThanOrEqualTo(1440);
                Node settings = scene.getRoot().lookup("#rail-settings");
                assertThat(settings.localToScene(settings.getBoundsInLocal()).getMaxY())
                        .isLessThanOrEqualTo(900);
                return picture;
            }
        });
        assertThat(Files.size(file)).isGreaterThan(10_000);
    }
}
