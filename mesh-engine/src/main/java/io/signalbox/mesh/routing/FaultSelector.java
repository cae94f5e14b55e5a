package io.signalbox.mesh.routing;

import io.signalbox.mesh.model.Fault;
import io.signalbox.mesh.model.RequestHead;
import io.signalbox.mesh.model.TrafficPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Says which faults of one policy befall a request, on one side. Immutable; conditions are compiled ahead. */
public final class FaultSelector {

    private final List<Compiled> faults;
    private final boolean readsPaths;
    private final boolean readsQueries;

    private FaultSelector(List<Compiled> faults) {
        this.faults = faults;
        readsPaths = faults.stream().anyMatch(fault -> fault.test().readsPath());
        readsQueries = faults.stream().anyMatch(fault -> fault.test().readsQuery());
    }

    private record Compiled(Fault fault, RequestTest test) {}

    /** Returns {@code null} when the policy has no fault on that side. */
    public static @Nullable FaultSelector of(TrafficPolicy policy, Fault.Side side) {
        List<Compiled> faults = policy.experiments().faults().stream()
                .filter(fault -> fault.side() == side)
                .map(fault -> new Compiled(fault, RequestTest.of(fault.match())))
                .toList();
        return faults.isEmpty() ? null : new FaultSelector(faults);
    }

    /**
     * Those that befall it, in the written order; each draws for itself.
     *
     * @param source who calls
     */
    public List<Fault> befalling(RequestHead head, RouteSource source, RandomGenerator random) {
        String path = readsPaths ? RequestPath.canonical(head.path()) : "";
        String query = readsQueries ? head.query() : "";
        List<Fault> befalling = new ArrayList<>();
        for (Compiled each : faults) {
            Fault fault = each.fault();
            if (source.meets(fault.match())
                    && each.test().holds(head, path, query)
                    && random.nextDouble() * Fault.ALL < fault.share()) {
                befalling.add(fault);
            }
        }
        return befalling;
    }
}
