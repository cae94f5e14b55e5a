package io.signalbox.console;

import io.signalbox.console.control.WriteLock;
import io.signalbox.console.profiles.ConnectionProfile;
import io.signalbox.console.widget.ConnectionChip;
import io.signalbox.mesh.client.MeshConnection;
import io.signalbox.mesh.client.remote.ConnectionProbe;
import io.signalbox.mesh.time.Scheduler;
import io.signalbox.mesh.time.Ticker;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * The mesh that the console shows, or may show.
 *
 * @param profile by which it is known; empty for the one with which the console began without a profile
 */
record Shown(MeshConnection connection, Optional<ConnectionProfile> profile) {

    private static final Duration CONFIRM_WITHIN = Duration.ofSeconds(60);

    /** With which the console begins. */
    static Shown home(MeshSession session) {
        return new Shown(session.connection(), Optional.empty());
    }

    ConnectionChip.Environment environment() {
        return profile.map(known -> switch (known.environment()) {
                    case DEV -> ConnectionChip.Environment.DEV;
                    case TEST -> ConnectionChip.Environment.TEST;
                    case PROD -> ConnectionChip.Environment.PROD;
                })
                .orElseGet(() -> isElsewhere() ? ConnectionChip.Environment.TEST : ConnectionChip.Environment.DEV);
    }

    /** Without a profile nobody has said what depends on it; on another machine somebody may. */
    private boolean isElsewhere() {
        String address = connection.address();
        return address.startsWith("https:") && !ConnectionProbe.isLoopback(URI.create(address));
    }

    /** How changes are asked for: where others depend on it, they are taken back unless somebody confirms them. */
    MeshConnection forChanges() {
        return switch (environment()) {
            case DEV -> connection;
            case TEST, PROD -> connection.confirming(CONFIRM_WITHIN);
        };
    }

    /** What keeps a mesh of Prod from being changed by the way; none elsewhere. */
    Optional<WriteLock> lock(Scheduler scheduler, Ticker ticker) {
        return switch (environment()) {
            case DEV, TEST -> Optional.empty();
            case PROD -> Optional.of(new WriteLock(scheduler, ticker));
        };
    }

    /** What the chip says beside the environment. */
    String words() {
        return profile.map(ConnectionProfile::name).orElse(connection.address());
    }
}
