package io.signalbox.console.screen;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.console.breakers.BreakersScreen;
import io.signalbox.console.connections.ConnectionsScreen;
import io.signalbox.console.events.EventsScreen;
import io.signalbox.console.faults.FaultsScreen;
import io.signalbox.console.fixture.AuditSketch;
import io.signalbox.console.fixture.AutopsySketch;
import io.signalbox.console.fixture.ConnectionSketch;
import io.signalbox.console.fixture.RequestSketch;
import io.signalbox.console.fixture.RolloutSketch;
import io.signalbox.console.fixture.SecuritySketch;
import io.signalbox.console.fixture.ShopperSketch;
import io.signalbox.console.fixture.SnapshotFixtures;
import io.signalbox.console.history.HistoryScreen;
import io.signalbox.console.policies.PoliciesScreen;
import io.signalbox.console.requests.RequestsScreen;
import io.signalbox.console.rollouts.RolloutsScreen;
import io.signalbox.console.security.SecurityScreen;
import io.signalbox.console.services.ServicesScreen;
import io.signalbox.console.shell.ConsoleShell;
import io.signalbox.console.shell.Opening;
import io.signalbox.console.shell.Screen;
import io.signalbox.console.shell.ScreenFactory;
import io.signalbox.console.shell.ScreenId;
import io.signalbox.console.shell.ShellParts;
import io.signalbox.console.testing.Fx;
import io.signalbox.console.theme.Appearance;
import io.signalbox.console.theme.MemoryPreferences;
import io.signalbox.console.theme.Theme;
import io.signalbox.console.topology.TopologyParts;
import io.signalbox.console.topology.TopologyScreen;
import io.signalbox.console.traffic.TrafficScreen;
import io.signalbox.console.widget.ConnectionChip;
import io.signalbox.mesh.model.status.MeshSnapshot;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import javafx.scene.Scene;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Takes a picture of every screen in the window, for a person to compare with the design: into the module's target
 * folder, with {@code -Dscreenshots=true} also into the project's screenshots folder.
 */
class ScreenshotsTest {

    private static final Map<ScreenId, Function<Workbench, Screen>> SCREENS = new EnumMap<>(Map.of(
            ScreenId.REQUESTS, RequestsScreen::new,
            ScreenId.TRAFFIC, TrafficScreen::new,
            ScreenId.ROLLOUTS, RolloutsScreen::new,
            ScreenId.BREAKERS, BreakersScreen::new,
            ScreenId.SERVICES, ServicesScreen::new,
            ScreenId.POLICIES, PoliciesScreen::new,
            ScreenId.SECURITY, SecurityScreen::new,
            ScreenId.FAULTS, FaultsScreen::new,
            ScreenId.EVENTS, EventsScreen::new,
            ScreenId.HISTORY, HistoryScreen::new));

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource(
            value = Theme.class,
            names = {"DARK", "LIGHT"})
    void everyScreenIsPictured(Theme theme) throws Exception {
        MeshSnapshot trouble = ShopStory.happened(ShopStory.lived(SnapshotFixtures.paymentOpen()));
        picture("topology", theme, ScreenId.TOPOLOGY, trouble, Optional.of("checkout->payment"));
        picture("requests", theme, ScreenId.REQUESTS, trouble, Optional.empty());
        picture("requests-walk", theme, ScreenId.REQUESTS, trouble, Optional.of("r-7"));
        picture("traffic", theme, ScreenId.TRAFFIC, ShopStory.lived(SnapshotFixtures.canary()), Optional.empty());
        picture("rollouts", theme, ScreenId.ROLLOUTS, ShopStory.lived(SnapshotFixtures.canary()), Optional.empty());
        picture(
                "rollouts-ended",
                theme,
                ScreenId.ROLLOUTS,
                ShopStory.lived(SnapshotFixtures.canary()),
                Optional.of("reviews"));
        picture("breakers", theme, ScreenId.BREAKERS, trouble, Optional.empty());
        picture("breakers-detail", theme, ScreenId.BREAKERS, trouble, Optional.of("checkout-1->payment-2"));
        picture("services", theme, ScreenId.SERVICES, trouble, Optional.empty());
        picture("policies", theme, ScreenId.POLICIES, trouble, Optional.of("catalog"));
        picture("security", theme, ScreenId.SECURITY, trouble, Optional.empty());
        picture("security-denied", theme, ScreenId.SECURITY, trouble, Optional.of("intruder->checkout"));
        picture("faults", theme, ScreenId.FAULTS, trouble, Optional.empty());
        picture("events", theme, ScreenId.EVENTS, trouble, Optional.empty());
        picture("history", theme, ScreenId.HISTORY, trouble, Optional.empty());
        picture("connections", theme, ScreenId.CONNECTIONS, trouble, Optional.empty());
    }

    private void picture(String name, Theme theme, ScreenId id, MeshSnapshot last, Optional<String> target)
            throws Exception {
        String file = name + "-" + theme.id();
        Path taken = Fx.call(() -> {
            ScreenBench on = new ScreenBench(Locale.ENGLISH);
            ShopStory.events().forEach(on.mesh::record);
            ShopStory.policies().forEach(on.mesh.policies()::put);
            AuditSketch.of(on.mesh);
            SecuritySketch.of(on.mesh);
            RolloutSketch.of(on.mesh);
            on.mesh.requests().happened(RequestSketch.busy(60));
            if (id == ScreenId.ROLLOUTS) {
                on.mesh.requests().happened(ShopperSketch.shoppers());
            }
            on.mesh.requests().explainWith(RequestSketch.walk());
            on.mesh.explain("checkout-1->payment-2", AutopsySketch.payment());
            try (ConsoleShell shell = new ConsoleShell(parts(on, theme))) {
                Scene scene = shell.scene();
                shell.open(id);
                ShopStory.endingIn(last).forEach(on.mesh::deliver);
                scene.getRoot().applyCss();
                scene.getRoot().layout();
                target.ifPresent(thing -> shell.open(id, thing));
                return Fx.picture(scene, file);
            }
        });
        assertThat(Files.size(taken)).isGreaterThan(10_000);
        if (Boolean.getBoolean("screenshots")) {
            Path folder = Files.createDirectories(Path.of("..", "screenshots"));
            Files.copy(taken, folder.resolve(file + ".png"), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private ShellParts parts(ScreenBench on, Theme theme) {
        MemoryPreferences preferences = new MemoryPreferences();
        Appearance appearance = new Appearance(preferences);
        appearance.themeProperty().set(theme);
        Workbench bench = on.bench;
        Map<ScreenId, ScreenFactory> screens = new EnumMap<>(ScreenId.class);
        SCREENS.forEach((id, factory) -> screens.put(
                id,
                shell -> factory.apply(new Workbench(
                        bench.feed(),
                        bench.commands(),
                        bench.formats(),
                        bench.texts(),
                        shell,
                        bench.scheduler(),
                        bench.ticker(),
                        bench.clock(),
                        bench.operator()))));
        TopologyParts topology = new TopologyParts(
                bench.feed(),
                on.mesh,
                bench.commands(),
                preferences,
                bench.texts(),
                bench.formats(),
                Runnable::run,
                Runnable::run,
                bench.scheduler(),
                bench.ticker(),
                bench.operator());
        screens.put(ScreenId.CONNECTIONS, shell -> new ConnectionsScreen(bench, ConnectionSketch.in(folder, on.mesh)));
        screens.put(ScreenId.TOPOLOGY, shell -> new TopologyScreen(topology, shell.overlays()));
        return new ShellParts(
                bench.feed(),
                appearance,
                preferences,
                bench.texts(),
                bench.formats(),
                bench.scheduler(),
                bench.ticker(),
                ConnectionChip.Environment.DEV,
                "embedded",
                screens,
                Opening.AT_ONCE,
                List.of());
    }
}
