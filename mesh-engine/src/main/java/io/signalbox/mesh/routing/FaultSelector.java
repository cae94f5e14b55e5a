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

    private record Compiled(Fault fault, RequestTest test) {

        boolean matches(RequestHead head, RouteSource source, String path, String query) {
            return source.meets(fault.match()) && test.holds(head, path, query);
        }
    }

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
     * @param version that the request goes to
     */
    public List<Fault> befalling(RequestHead head, RouteSource source, String version, RandomGenerator random) {
        String path = readsPaths ? RequestPath.canonical(head.path()) : "";
        String query = readsQueries ? head.query() : "";
        List<Fault> befalling = new ArrayList<>();
        for (Compiled each : faults) {
            if (each.fault().concerns(version)
                    && each.matches(head, source, path, query)
                    && random.nextDouble() * Fault.ALL < each.fault().share()) {
                befalling.add(each.fault());
            }
        }
        return befalling;
    }

    /** Those that may befall it, whatever is drawn, at one version or another. */
    public List<Fault> matching(RequestHead head, RouteSource source) {
        String path = RequestPath.canonical(head.path());
        return faults.stream()
                .filter(each -> each.matches(head, source, path, head.query()))
                .map(Compiled::fault)
                .toList();
    }
}
