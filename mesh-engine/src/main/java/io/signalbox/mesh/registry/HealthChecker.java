package io.signalbox.mesh.registry;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.signalbox.mesh.event.MeshEvent.Departure;
import io.signalbox.mesh.model.ServiceInstance;
import io.signalbox.mesh.time.Scheduler;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * Checks every instance of a registry at its interval, and notes in the registry what it finds. The more instances there
 * are, the longer the interval is: checks must not be what a control plane is busy with.
 *
 * <p>Each instance's first check starts at a random point of the interval, so that checks spread out. Checks of an
 * instance stop when it leaves and start anew when it moves. Safe to use from any thread.
 */
public final class HealthChecker implements RegistryListener, AutoCloseable {

    private final ServiceRegistry registry;
    private final Probe probe;
    private final HealthCheckConfig config;
    private final Scheduler scheduler;
    private final RandomGenerator random;
    private final Runnable stopListening;

    @GuardedBy("checks")
    private final Map<Key, InstanceCheck> checks = new HashMap<>();

    @GuardedBy("checks")
    private boolean closed;

    private volatile int checked;

    /** Starts checking what is registered now and later. */
    public HealthChecker(
            ServiceRegistry registry,
            Probe probe,
            HealthCheckConfig config,
            Scheduler scheduler,
            RandomGenerator random) {
        this.registry = registry;
        this.probe = probe;
        this.config = config;
        this.scheduler = scheduler;
        this.random = random;
        stopListening = registry.listen(this);
        registry.services().values().forEach(instances -> instances.forEach(this::adopt));
    }

    @Override
    public void registered(ServiceInstance instance) {
        synchronized (checks) {
            if (!closed && !checks.containsKey(Key.of(instance))) {
                start(instance);
            }
        }
    }

    @Override
    public void replaced(ServiceInstance before, ServiceInstance after) {
        left(before, Departure.DEREGISTERED);
        registered(after);
    }

    @Override
    public void left(ServiceInstance instance, Departure how) {
        InstanceCheck check;
        synchronized (checks) {
            check = checks.remove(Key.of(instance));
            checked = checks.size();
        }
        if (check != null) {
            check.stop();
        }
    }

    @Override
    public void close() {
        stopListening.run();
        List<InstanceCheck> stopped;
        synchronized (checks) {
            closed = true;
            stopped = List.copyOf(checks.values());
            checks.clear();
        }
        stopped.forEach(InstanceCheck::stop);
    }

    /** Takes on what was registered before; it may have left since it was listed. */
    private void adopt(ServiceInstance instance) {
        registered(instance);
        if (registry.drain(instance.serviceName(), instance.instanceId()).isEmpty()) {
            left(instance, Departure.DEREGISTERED);
        }
    }

    @GuardedBy("checks")
    private void start(ServiceInstance instance) {
        InstanceCheck check =
                new InstanceCheck(instance, registry, probe, config, scheduler, this::interval, random.nextDouble());
        checks.put(Key.of(instance), check);
        checked = checks.size();
        check.start();
    }

    private Duration interval() {
        return config.interval(checked);
    }

    private record Key(String service, String instanceId) {
        static Key of(ServiceInstance instance) {
            return new Key(instance.serviceName(), instance.instanceId());
        }
    }
}
