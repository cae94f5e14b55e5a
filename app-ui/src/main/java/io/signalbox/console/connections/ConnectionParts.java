package io.signalbox.console.connections;

import io.signalbox.console.profiles.ConnectionProfile;
import io.signalbox.console.profiles.ProfileFile;
import io.signalbox.console.profiles.Secrets;
import io.signalbox.mesh.client.MeshConnection;
import io.signalbox.mesh.config.AccessToken;
import java.util.concurrent.Executor;
import java.util.function.BiFunction;

/**
 * What the screen Connections works with, beside what every screen does.
 *
 * @param open makes a connection; asks nobody anything yet
 * @param background runs one task after the other, which may wait for the network
 * @param fx runs a task on the FX thread
 */
public record ConnectionParts(
        ProfileFile profiles,
        Secrets secrets,
        Switchboard switchboard,
        BiFunction<ConnectionProfile, AccessToken, MeshConnection> open,
        Executor background,
        Executor fx) {}
