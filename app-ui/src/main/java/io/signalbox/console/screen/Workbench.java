package io.signalbox.console.screen;

import io.signalbox.console.control.Commands;
import io.signalbox.console.feed.MeshFeed;
import io.signalbox.console.format.Formats;
import io.signalbox.console.shell.ShellContext;
import io.signalbox.console.text.Texts;
import io.signalbox.mesh.time.Scheduler;
import io.signalbox.mesh.time.Ticker;
import java.time.InstantSource;

/**
 * What every screen works with. Used on the FX thread.
 *
 * @param scheduler runs its tasks on the FX thread
 * @param operator whose name changes carry
 */
public record Workbench(
        MeshFeed feed,
        Commands commands,
        Formats formats,
        Texts texts,
        ShellContext shell,
        Scheduler scheduler,
        Ticker ticker,
        InstantSource clock,
        String operator) {}
