package io.signalbox.console.shell;

import io.signalbox.console.feed.MeshFeed;
import io.signalbox.console.format.Formats;
import io.signalbox.console.text.Texts;
import io.signalbox.console.theme.Appearance;
import io.signalbox.console.theme.Preferences;
import io.signalbox.console.widget.ConnectionChip;
import io.signalbox.mesh.time.Scheduler;
import io.signalbox.mesh.time.Ticker;
import java.util.List;
import java.util.Map;

/**
 * What the shell is put together from.
 *
 * @param scheduler runs its tasks on the FX thread
 * @param environment how careful to be with this mesh
 * @param address where the mesh is, in words for a person
 * @param screens how to make each screen; a screen without an entry is not on the rail
 * @param opening when and how a screen is made that nobody has seen yet
 * @param commands who supplies the palette, beside the shell's own commands
 */
public record ShellParts(
        MeshFeed feed,
        Appearance appearance,
        Preferences preferences,
        Texts texts,
        Formats formats,
        Scheduler scheduler,
        Ticker ticker,
        ConnectionChip.Environment environment,
        String address,
        Map<ScreenId, ScreenFactory> screens,
        Opening opening,
        List<CommandSource> commands) {

    public ShellParts {
        screens = Map.copyOf(screens);
        commands = List.copyOf(commands);
    }
}
