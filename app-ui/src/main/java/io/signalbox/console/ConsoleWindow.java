package io.signalbox.console;

import io.signalbox.console.breakers.BreakersScreen;
import io.signalbox.console.control.Commands;
import io.signalbox.console.events.EventsScreen;
import io.signalbox.console.faults.FaultsScreen;
import io.signalbox.console.feed.MeshFeed;
import io.signalbox.console.format.Formats;
import io.signalbox.console.history.HistoryScreen;
import io.signalbox.console.policies.PoliciesScreen;
import io.signalbox.console.requests.RequestsScreen;
import io.signalbox.console.screen.Workbench;
import io.signalbox.console.security.SecurityScreen;
import io.signalbox.console.services.ServicesScreen;
import io.signalbox.console.settings.SettingsScreen;
import io.signalbox.console.shell.ConsoleShell;
import io.signalbox.console.shell.ScreenFactory;
import io.signalbox.console.shell.ScreenId;
import io.signalbox.console.shell.ShellContext;
import io.signalbox.console.shell.ShellParts;
import io.signalbox.console.text.Texts;
import io.signalbox.console.theme.Appearance;
import io.signalbox.console.theme.Preferences;
import io.signalbox.console.topology.TopologyParts;
import io.signalbox.console.topology.TopologyScreen;
import io.signalbox.console.traffic.TrafficScreen;
import io.signalbox.console.widget.ConnectionChip;
import io.signalbox.console.widget.FxScheduler;
import io.signalbox.console.widget.Toast;
import io.signalbox.mesh.client.MeshConnection;
import io.signalbox.mesh.time.Scheduler;
import io.signalbox.mesh.time.Ticker;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import javafx.application.Platform;
import javafx.stage.Stage;

/** The console's window over one connection: builds its parts and closes them. Used on the FX thread. */
final class ConsoleWindow {

    private final ExecutorService commandThread = daemon("console-commands");
    private final ExecutorService layoutThread = daemon("console-background");
    private final MeshFeed feed;
    private final ConsoleShell shell;
    private final Texts texts;

    ConsoleWindow(MeshConnection connection, Preferences preferences, Appearance appearance) {
        Ticker ticker = Ticker.system();
        InstantSource clock = InstantSource.system();
        texts = Texts.of(Locale.getDefault());
        Formats formats = Formats.of(Locale.getDefault(), ZoneId.systemDefault());
        Scheduler scheduler = new FxScheduler();
        String operator = System.getProperty("user.name", "console");
        feed = new MeshFeed(connection, Platform::runLater, ticker, clock);
        Commands commands = new Commands(connection, commandThread, Platform::runLater);
        TopologyParts topology = new TopologyParts(
                feed,
                connection,
                commands,
                preferences,
                texts,
                formats,
                layoutThread,
                Platform::runLater,
                scheduler,
                ticker,
                operator);
        Map<ScreenId, ScreenFactory> screens = new EnumMap<>(ScreenId.class);
        screens.put(ScreenId.TOPOLOGY, context -> new TopologyScreen(topology, context.overlays()));
        Function<ShellContext, Workbench> bench =
                context -> new Workbench(feed, commands, formats, texts, context, scheduler, ticker, clock, operator);
        screens.put(ScreenId.REQUESTS, context -> new RequestsScreen(bench.apply(context)));
        screens.put(ScreenId.TRAFFIC, context -> new TrafficScreen(bench.apply(context)));
        screens.put(ScreenId.BREAKERS, context -> new BreakersScreen(bench.apply(context)));
        screens.put(ScreenId.SERVICES, context -> new ServicesScreen(bench.apply(context)));
        screens.put(ScreenId.POLICIES, context -> new PoliciesScreen(bench.apply(context)));
        screens.put(ScreenId.FAULTS, context -> new FaultsScreen(bench.apply(context)));
        screens.put(ScreenId.EVENTS, context -> new EventsScreen(bench.apply(context)));
        screens.put(ScreenId.SECURITY, context -> new SecurityScreen(bench.apply(context)));
        screens.put(ScreenId.HISTORY, context -> new HistoryScreen(bench.apply(context)));
        screens.put(ScreenId.SETTINGS, context -> new SettingsScreen(appearance, preferences, texts, formats));
        shell = new ConsoleShell(new ShellParts(
                feed,
                appearance,
                preferences,
                texts,
                formats,
                scheduler,
                ticker,
                ConnectionChip.Environment.DEV,
                connection.address(),
                screens,
                List.of()));
    }

    void open(Stage stage) {
        shell.open(stage);
        layoutThread.execute(feed::start);
    }

    MeshFeed feed() {
        return feed;
    }

    /** Says that the mesh could not be brought up. */
    void meshFailed(String why) {
        shell.overlays().toast(Toast.failure(texts.get("start.failed"), why));
    }

    void close() {
        shell.close();
        feed.close();
        commandThread.shutdownNow();
        layoutThread.shutdownNow();
    }

    private static ExecutorService daemon(String name) {
        return Executors.newSingleThreadExecutor(
                Thread.ofPlatform().daemon().name(name).factory());
    }
}
