package io.signalbox.mesh.registry;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.signalbox.mesh.event.MeshEvent.Departure;
import io.signalbox.mesh.event.MeshEvent.Drain;
import io.signalbox.mesh.model.ChangeNote;
import io.signalbox.mesh.model.Health;
import io.signalbox.mesh.model.InvalidValueException;
import io.signalbox.mesh.model.ServiceInstance;
import io.signalbox.mesh.model.UnknownNameException;
import io.signalbox.mesh.time.Scheduler;
import io.signalbox.mesh.time.Ticker;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.UnaryOperator;

/**
 * The instances that are alive, by service.
 *
 * <p>An instance is alive from its registration until it deregisters or has sent no heartbeat for the time to live.
 * Safe to use from any thread: changes take one lock, reads take none and see each service as a consistent whole; listeners
 * are called outside the lock (see {@link RegistryListener}).
 */
public final class ServiceRegistry {

    /** How long an instance lives without a heartbeat, unless told otherwise. */
    public static final Duration TIME_TO_LIVE = Duration.ofSeconds(30);

    /** How often an instance is expected to send a heartbeat. */
    public static final Duration HEARTBEAT_PERIOD = Duration.ofSeconds(10);

    private static final Duration SWEEP_PERIOD = Duration.ofSeconds(1);

    private final Duration timeToLive;
    private final Ticker ticker;
    private final InstantSource clock;
    private final Announcer announcer = new Announcer();
    private final Object lock = new Object();

    @GuardedBy("lock")
    private final Map<String, TreeMap<String, Entry>> services = new TreeMap<>();

    @GuardedBy("lock")
    private long revision;

    private final ConcurrentNavigableMap<String, ServiceView> views = new ConcurrentSkipListMap<>();

    /**
     * @param ticker measures the time to live
     * @param clock dates registrations and heartbeats
     */
    public ServiceRegistry(Duration timeToLive, Ticker ticker, InstantSource clock) {
        InvalidValueException.unless(timeToLive.isPositive(), "timeToLive", timeToLive, "> 0");
        this.timeToLive = timeToLive;
        this.ticker = ticker;
        this.clock = clock;
    }

    /** The id of an instance that registers without one: {@code service-host-port}. */
    public static String generatedId(String service, String host, int port) {
        return service + '-' + host.replaceAll("[^A-Za-z0-9.]", "-") + '-' + port;
    }

    /** How long an instance stays without a heartbeat. */
    public Duration timeToLive() {
        return timeToLive;
    }

    /** Removes, each second from now on, what sent no heartbeat for the time to live; cancel the answer to stop. */
    public Scheduler.Cancellable expireWith(Scheduler scheduler) {
        return scheduler.scheduleEvery(SWEEP_PERIOD, this::expire);
    }

    /** Calls the listener for each change from now on; run the answer to stop. */
    public Runnable listen(RegistryListener listener) {
        return announcer.listen(listener);
    }

    /**
     * Adds an instance, or renews the one of that service and id; the given times are replaced by the registry's own.
     *
     * <p>Registering again counts as a heartbeat and keeps {@code registeredAt} and draining. It keeps the health that
     * was observed as well, unless the instance reports another than it last reported, or moved.
     *
     * @return the instance as it is held now
     */
    public ServiceInstance register(ServiceInstance registration) {
        return register(registration, clock.instant());
    }

    /**
     * The same, of an instance that registered at some time elsewhere.
     *
     * @param since when it did; what is held already keeps its own
     */
    public ServiceInstance register(ServiceInstance registration, Instant since) {
        ServiceInstance held;
        synchronized (lock) {
            Map<String, Entry> entries = services.computeIfAbsent(registration.serviceName(), _ -> new TreeMap<>());
            Entry before = entries.get(registration.instanceId());
            Entry after = before == null
                    ? Entry.added(registration, since, clock.instant(), ticker.nanos())
                    : before.renewed(registration, clock.instant(), ticker.nanos());
            entries.put(registration.instanceId(), after);
            held = after.instance();
            if (before == null) {
                announcer.add(listener -> listener.registered(after.instance()));
            } else {
                announceRenewal(before, after);
            }
            publish(registration.serviceName());
        }
        announcer.deliver();
        return held;
    }

    /** Renews every instance of the service. */
    public void heartbeat(String service) {
        synchronized (lock) {
            entries(service).replaceAll((_, entry) -> beaten(entry));
            publish(service);
        }
        announcer.deliver();
    }

    public void heartbeat(String service, String instanceId) {
        change(service, instanceId, this::beaten);
    }

    /** Removes every instance of the service. */
    public void deregister(String service) {
        synchronized (lock) {
            for (Entry entry : entries(service).values()) {
                announcer.add(listener -> listener.left(entry.instance(), Departure.DEREGISTERED));
            }
            services.remove(service);
            publish(service);
        }
        announcer.deliver();
    }

    public void deregister(String service, String instanceId) {
        remove(service, instanceId, Departure.DEREGISTERED);
    }

    /** Removes an instance, of which somebody knows why it goes. */
    public void remove(String service, String instanceId, Departure how) {
        synchronized (lock) {
            Entry entry = entry(service, instanceId);
            remove(entry, how);
            publish(service);
        }
        announcer.deliver();
    }

    /** Takes an instance out of the endpoints, or puts it back; what is under way there goes on. */
    public void drain(String service, String instanceId, Drain drain, ChangeNote note) {
        change(service, instanceId, before -> {
            if (before.drain() != drain) {
                announcer.add(listener -> listener.drainChanged(before.instance(), drain, note));
            }
            return before.withDrain(drain);
        });
    }

    /**
     * Notes the health of an instance as it was observed; does nothing if the instance has left or moved since.
     *
     * @param observed the instance that was looked at
     * @param detail why, in words
     */
    public void observe(ServiceInstance observed, Health health, String detail) {
        synchronized (lock) {
            Map<String, Entry> entries = services.getOrDefault(observed.serviceName(), new TreeMap<>());
            Entry before = entries.get(observed.instanceId());
            if (before == null
                    || !before.sameEndpoint(observed)
                    || before.instance().health() == health) {
                return;
            }
            Entry after = before.withInstance(before.instance().withHealth(health));
            entries.put(observed.instanceId(), after);
            announcer.add(listener -> listener.healthChanged(before.instance(), after.instance(), detail));
            publish(observed.serviceName());
        }
        announcer.deliver();
    }

    /** Removes what sent no heartbeat for the time to live. */
    public void expire() {
        synchronized (lock) {
            long now = ticker.nanos();
            List<Entry> stale = services.values().stream()
                    .flatMap(entries -> entries.values().stream())
                    .filter(entry -> now - entry.heartbeatNanos() > timeToLive.toNanos())
                    .toList();
            for (Entry entry : stale) {
                remove(entry, Departure.EXPIRED);
                publish(entry.instance().serviceName());
            }
        }
        announcer.deliver();
    }

    /** Every service that has an instance, with its instances, both in order of name. */
    public Map<String, List<ServiceInstance>> services() {
        Map<String, List<ServiceInstance>> all = new LinkedHashMap<>();
        views.forEach((service, view) -> all.put(service, view.instances()));
        return Collections.unmodifiableMap(all);
    }

    /** The instances of the service and whether they drain, in order of id; none if there is no such service. */
    public List<Held> held(String service) {
        ServiceView view = views.get(service);
        return view == null ? List.of() : view.held();
    }

    /** An instance, and whether new requests may be sent to it. */
    public record Held(ServiceInstance instance, Drain drain) {}

    /** The name of every service that has an instance. */
    public SortedSet<String> names() {
        return new TreeSet<>(views.keySet());
    }

    /** The instances of the service, in order of id. */
    public List<ServiceInstance> instances(String service) {
        ServiceView view = views.get(service);
        if (view == null) {
            throw new UnknownNameException("service", service, views.keySet());
        }
        return view.instances();
    }

    /** What may serve now; empty if there is no such service. The same object until it changes. */
    public Optional<EndpointSet> endpoints(String service) {
        return Optional.ofNullable(views.get(service)).map(ServiceView::endpoints);
    }

    /** Whether the instance is draining; empty if there is none such. */
    public Optional<Drain> drain(String service, String instanceId) {
        return Optional.ofNullable(views.get(service)).flatMap(view -> view.drain(instanceId));
    }

    private Entry beaten(Entry entry) {
        return entry.beaten(clock.instant(), ticker.nanos());
    }

    private void announceRenewal(Entry before, Entry after) {
        if (!before.sameEndpoint(after.instance())) {
            announcer.add(listener -> listener.replaced(before.instance(), after.instance()));
        }
        if (before.instance().health() != after.instance().health()) {
            announcer.add(listener ->
                    listener.healthChanged(before.instance(), after.instance(), "reported by the instance"));
        }
    }

    private void change(String service, String instanceId, UnaryOperator<Entry> step) {
        synchronized (lock) {
            Entry after = step.apply(entry(service, instanceId));
            entries(service).put(instanceId, after);
            publish(service);
        }
        announcer.deliver();
    }

    @GuardedBy("lock")
    private void remove(Entry entry, Departure how) {
        String service = entry.instance().serviceName();
        Map<String, Entry> entries = entries(service);
        entries.remove(entry.instance().instanceId());
        if (entries.isEmpty()) {
            services.remove(service);
        }
        announcer.add(listener -> listener.left(entry.instance(), how));
    }

    @GuardedBy("lock")
    private Map<String, Entry> entries(String service) {
        Map<String, Entry> entries = services.get(service);
        if (entries == null) {
            throw new UnknownNameException("service", service, services.keySet());
        }
        return entries;
    }

    @GuardedBy("lock")
    private Entry entry(String service, String instanceId) {
        Map<String, Entry> entries = entries(service);
        Entry entry = entries.get(instanceId);
        if (entry == null) {
            throw new UnknownNameException("instance", instanceId, entries.keySet());
        }
        return entry;
    }

    /** Shows readers the service as it is now, and announces its endpoints if they changed. */
    @GuardedBy("lock")
    private void publish(String service) {
        Optional<ServiceView> before = Optional.ofNullable(views.get(service));
        Map<String, Entry> entries = services.get(service);
        ServiceView after = ServiceView.of(
                service, entries == null ? List.of() : new ArrayList<>(entries.values()), before, revision + 1);
        if (entries == null) {
            views.remove(service);
        } else {
            views.put(service, after);
        }
        if (before.isEmpty()
                || before.get().endpoints().revision() != after.endpoints().revision()) {
            revision++;
            announcer.add(listener -> listener.endpointsChanged(after.endpoints()));
        }
    }
}
