package io.signalbox.mesh.runtime;

import io.signalbox.mesh.controlplane.Identities;
import io.signalbox.mesh.model.InvalidValueException;
import io.signalbox.mesh.model.Names;
import io.signalbox.mesh.store.SharedStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * What a control plane of its own is started with.
 *
 * @param name of the mesh; also of the file by which commands find it
 * @param listen where it serves, and how
 * @param data the folder in which it keeps everything
 * @param lease how long an instance stays registered without a heartbeat
 * @param certificateLifetime how long the certificates of services are good
 * @param webhooks whom rollouts may ask
 * @param shared the etcd that it shares with others of its kind; empty for a store in the folder
 */
public record ControlPlaneOptions(
        String name,
        Listen listen,
        Path data,
        Duration lease,
        Duration certificateLifetime,
        Optional<SharedStore> shared,
        WebhookRules webhooks) {

    /** What the reference's registry allows. */
    public static final Duration LEASE = Duration.ofSeconds(30);

    /** With certificates that are good as long as usual. */
    public ControlPlaneOptions(String name, int port, Path data, Duration lease) {
        this(name, Listen.onLoopback(port), data, lease, Identities.LIFETIME);
    }

    /** With a store of its own, in the folder. */
    public ControlPlaneOptions(String name, Listen listen, Path data, Duration lease, Duration certificateLifetime) {
        this(name, listen, data, lease, certificateLifetime, Optional.empty());
    }

    /** That asks no webhooks. */
    public ControlPlaneOptions(
            String name,
            Listen listen,
            Path data,
            Duration lease,
            Duration certificateLifetime,
            Optional<SharedStore> shared) {
        this(name, listen, data, lease, certificateLifetime, shared, WebhookRules.NONE);
    }

    public ControlPlaneOptions {
        Names.service("name", name);
        InvalidValueException.unless(lease.isPositive(), "lease", lease, "> 0");
        data = data.toAbsolutePath().normalize();
    }
}
