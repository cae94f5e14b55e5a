package io.signalbox.console;

import io.signalbox.console.breakers.BreakersScreen;
import io.signalbox.console.connections.ConnectionParts;
import io.signalbox.console.connections.ConnectionsScreen;
import io.signalbox.console.control.Commands;
import io.signalbox.console.events.EventsScreen;
import io.signalbox.console.faults.FaultsScreen;
import io.signalbox.console.feed.MeshFeed;
import io.signalbox.console.format.Formats;
import io.signalbox.console.history.HistoryScreen;
import io.signalbox.console.policies.PoliciesScreen;
import io.signalbox.console.requests.RequestsScreen;
import io.signalbox.console.rollouts.RolloutsScreen;
import io.signalbox.console.screen.Workbench;
import io.signalbox.console.security.SecurityScreen;
import io.signalbox.console.services.ServicesScreen;
import io.signalbox.console.settings.SettingsScreen;
import io.signalbox.console.shell.ScreenFactory;
import io.signalbox.console.shell.ScreenId;
import io.signalbox.console.shell.ShellContext;
import io.signalbox.console.text.Texts;
import io.signalbox.console.theme.Appearance;
import io.signalbox.console.theme.Preferences;
import io.signalbox.console.topology.TopologyParts;
import io.signalbox.console.topology.TopologyScreen;
import io.signalbox.console.traffic.TrafficScreen;
import io.signalbox.mesh.client.MeshConnection;
import io.signalbox.mesh.time.Scheduler;
import io.signalbox.mesh.time.Ticker;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.Executor;

/**
 * What the screens are put together from.
 *
 * @param background runs layouts of the graph, and what it asks
 * @param fx runs a task on the FX thread
 * @param scheduler runs its tasks on the FX thread
 * @param operator in whose name changes are made
 */
record ScreenParts(
        MeshFeed feed,
        MeshConnection connection,
        Commands commands,
        ConnectionParts connections,
        Appearance appearance,
        Preferences preferences,
        Texts texts,
        Formats formats,
        Executor background,
        Executor fx,
        Scheduler scheduler,
        Ticker ticker,
        InstantSource clock,
        String operator) {

    /** How to make each screen. */
    Map<ScreenId, ScreenFactory> screens() {
        Map<ScreenId, ScreenFactory> screens = new EnumMap<>(ScreenId.class);
        for (ScreenId id : ScreenId.values()) {
            screens.put(id, screen(id));
        }
        return screens;
    }

    private ScreenFactory screen(ScreenId id) {
        return switch (id) {
            case TOPOLOGY -> shell -> new TopologyScreen(topology(), shell.overlays());
            case REQUESTS -> shell -> new RequestsScreen(bench(shell));
            case TRAFFIC -> shell -> new TrafficScreen(bench(shell));
            case ROLLOUTS -> shell -> new RolloutsScreen(bench(shell));
            case BREAKERS -> shell -> new BreakersScreen(bench(shell));
            case SERVICES -> shell -> new ServicesScreen(bench(shell));
            case POLICIES -> shell -> new PoliciesScreen(bench(shell));
            case FAULTS -> shell -> new FaultsScreen(bench(shell));
            case EVENTS -> shell -> new EventsScreen(bench(shell));
            case SECURITY -> shell -> new SecurityScreen(bench(shell));
            case HISTORY -> shell -> new HistoryScreen(bench(shell));
            case CONNECTIONS -> shell -> new ConnectionsScreen(bench(shell), connections);
            case SETTINGS -> shell -> new SettingsScreen(appearance, preferences, texts, formats);
        };
    }

    private Workbench bench(ShellContext shell) {
        return new Workbench(feed, commands, formats, texts, shell, scheduler, ticker, clock, operator);
    }

    private TopologyParts topology() {
        return new TopologyParts(
                feed, connection, commands, preferences, texts, formats, background, fx, scheduler, ticker, operator);
    }
}
