package io.signalbox.mesh.runtime;

import io.signalbox.mesh.controlplane.Identities;
import io.signalbox.mesh.model.InvalidValueException;
import io.signalbox.mesh.model.Names;
import java.nio.file.Path;
import java.time.Duration;

/**
 * What a control plane of its own is started with.
 *
 * @param name of the mesh; also of the file by which commands find it
 * @param port where it listens on loopback; 0 takes any free port
 * @param data the folder in which it keeps everything
 * @param lease how long an instance stays registered without a heartbeat
 * @param certificateLifetime how long the certificates of services are good
 */
public record ControlPlaneOptions(String name, int port, Path data, Duration lease, Duration certificateLifetime) {

    /** What the reference's registry allows. */
    public static final Duration LEASE = Duration.ofSeconds(30);

    /** With certificates that are good as long as usual. */
    public ControlPlaneOptions(String name, int port, Path data, Duration lease) {
        this(name, port, data, lease, Identities.LIFETIME);
    }

    public ControlPlaneOptions {
        Names.service("name", name);
        InvalidValueException.unless(port >= 0 && port <= 65535, "port", port, "0..65535");
        InvalidValueException.unless(lease.isPositive(), "lease", lease, "> 0");
        data = data.toAbsolutePath().normalize();
    }
}
