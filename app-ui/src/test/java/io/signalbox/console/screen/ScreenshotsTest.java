package io.signalbox.console.screen;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.console.breakers.BreakersScreen;
import io.signalbox.console.events.EventsScreen;
import io.signalbox.console.faults.FaultsScreen;
import io.signalbox.console.fixture.SnapshotFixtures;
import io.signalbox.console.services.ServicesScreen;
import io.signalbox.console.shell.Screen;
import io.signalbox.console.testing.Fx;
import io.signalbox.console.theme.Theme;
import io.signalbox.console.traffic.TrafficScreen;
import io.signalbox.mesh.model.status.MeshSnapshot;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.Function;
import javafx.scene.Scene;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Takes a picture of every screen that a person compares with the design. */
class ScreenshotsTest {

    @ParameterizedTest
    @EnumSource(
            value = Theme.class,
            names = {"DARK", "LIGHT"})
    void breakers(Theme theme) throws Exception {
        picture("breakers", theme, BreakersScreen::new, SnapshotFixtures.paymentOpen(), on -> {});
        picture("breakers-detail", theme, BreakersScreen::new, SnapshotFixtures.paymentOpen(), on -> on.screen()
                .reveal("checkout-1->payment-2"));
        picture("breakers-calm", theme, BreakersScreen::new, SnapshotFixtures.calm(), on -> {});
    }

    @ParameterizedTest
    @EnumSource(
            value = Theme.class,
            names = {"DARK", "LIGHT"})
    void services(Theme theme) throws Exception {
        picture("services", theme, ServicesScreen::new, ShopStory.lived(SnapshotFixtures.paymentOpen()), on -> {});
        picture("services-drain", theme, ServicesScreen::new, ShopStory.lived(SnapshotFixtures.canary()), on -> on.press(
                "Drain… pricing-2"));
    }

    @ParameterizedTest
    @EnumSource(
            value = Theme.class,
            names = {"DARK", "LIGHT"})
    void faults(Theme theme) throws Exception {
        picture("faults", theme, FaultsScreen::new, ShopStory.lived(SnapshotFixtures.paymentOpen()), on -> {});
    }

    @ParameterizedTest
    @EnumSource(
            value = Theme.class,
            names = {"DARK", "LIGHT"})
    void traffic(Theme theme) throws Exception {
        picture("traffic", theme, TrafficScreen::new, ShopStory.lived(SnapshotFixtures.canary()), on -> {});
    }

    @ParameterizedTest
    @EnumSource(
            value = Theme.class,
            names = {"DARK", "LIGHT"})
    void events(Theme theme) throws Exception {
        picture("events", theme, EventsScreen::new, ShopStory.happened(SnapshotFixtures.paymentOpen()), on -> {});
    }

    private static void picture(
            String name,
            Theme theme,
            Function<Workbench, Screen> factory,
            MeshSnapshot last,
            Consumer<ScreenBench> then)
            throws Exception {
        Path file = Fx.call(() -> {
            ScreenBench on = new ScreenBench(Locale.ENGLISH);
            on.show(factory);
            Scene scene = on.scene(1364, 856, theme);
            ShopStory.events().forEach(on.mesh::record);
            ShopStory.endingIn(last).forEach(on.mesh::deliver);
            on.layout();
            then.accept(on);
            on.layout();
            return Fx.picture(scene, name + "-" + theme.id());
        });
        assertThat(Files.size(file)).isGreaterThan(10_000);
    }
}
