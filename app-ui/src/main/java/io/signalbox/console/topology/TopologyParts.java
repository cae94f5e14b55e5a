package io.signalbox.console.topology;

import io.signalbox.console.control.Commands;
import io.signalbox.console.feed.MeshFeed;
import io.signalbox.console.format.Formats;
import io.signalbox.console.text.Texts;
import io.signalbox.console.theme.Preferences;
import io.signalbox.mesh.client.MeshConnection;
import io.signalbox.mesh.time.Scheduler;
import io.signalbox.mesh.time.Ticker;
import java.util.concurrent.Executor;

/**
 * What the topology screen is put together from.
 *
 * @param background runs layouts and calls to the mesh
 * @param fx runs a task on the FX thread
 * @param scheduler runs its tasks on the FX thread
 * @param operator in whose name changes are made
 */
public record TopologyParts(
        MeshFeed feed,
        MeshConnection connection,
        Commands commands,
        Preferences preferences,
        Texts texts,
        Formats formats,
        Executor background,
        Executor fx,
        Scheduler scheduler,
        Ticker ticker,
        String operator) {}
