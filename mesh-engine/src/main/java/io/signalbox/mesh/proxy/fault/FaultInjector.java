package io.signalbox.mesh.proxy.fault;

import io.signalbox.mesh.metrics.SidecarMetrics;
import io.signalbox.mesh.model.Fault;
import io.signalbox.mesh.model.RequestHead;
import io.signalbox.mesh.model.TrafficPolicy;
import io.signalbox.mesh.routing.FaultSelector;
import io.signalbox.mesh.routing.RouteSource;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Decides what befalls the requests to one service, on one side, and counts it. Safe to use from any thread. */
public final class FaultInjector {

    private final String service;
    private final Fault.Side side;
    private final FaultSelector faults;
    private final RouteSource caller;
    private final SidecarMetrics metrics;
    private final RandomGenerator random;

    private FaultInjector(
            TrafficPolicy policy,
            Fault.Side side,
            FaultSelector faults,
            RouteSource caller,
            SidecarMetrics metrics,
            RandomGenerator random) {
        this.service = policy.service();
        this.side = side;
        this.faults = faults;
        this.caller = caller;
        this.metrics = metrics;
        this.random = random;
    }

    /**
     * Of the attempts of one caller; {@code null} when the policy has none, so that nothing is asked of a request then.
     *
     * @param caller who makes them
     */
    public static @Nullable FaultInjector ofCaller(
            TrafficPolicy policy, RouteSource caller, SidecarMetrics metrics, RandomGenerator random) {
        FaultSelector faults = FaultSelector.of(policy, Fault.Side.CLIENT);
        return faults == null ? null : new FaultInjector(policy, Fault.Side.CLIENT, faults, caller, metrics, random);
    }

    /** Of the requests that come to the service; {@code null} when the policy has none. */
    public static @Nullable FaultInjector ofService(
            TrafficPolicy policy, SidecarMetrics metrics, RandomGenerator random) {
        FaultSelector faults = FaultSelector.of(policy, Fault.Side.SERVER);
        return faults == null
                ? null
                : new FaultInjector(policy, Fault.Side.SERVER, faults, RouteSource.UNKNOWN, metrics, random);
    }

    /** What befalls an attempt of the caller that it is for, at an endpoint of that version. */
    public @Nullable FaultPlan plan(RequestHead head, String version) {
        return plan(head, caller, version);
    }

    /** What befalls a request of that caller to that version; {@code null} for nothing. */
    public @Nullable FaultPlan plan(RequestHead head, RouteSource source, String version) {
        List<Fault> befalling = faults.befalling(head, source, version, random);
        if (befalling.isEmpty()) {
            return null;
        }
        befalling.forEach(fault -> metrics.faultInjected(source.service(), service, fault.name(), side));
        return FaultPlan.of(befalling, random);
    }
}
