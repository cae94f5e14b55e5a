package io.signalbox.mesh.metrics;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.signalbox.mesh.model.AccessDecision;
import io.signalbox.mesh.model.AuthorizationRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Counts what the policy of a sidecar's own service made of the calls that arrived: for Prometheus, and for whoever drains
 * it. Safe to use from any thread; one drains.
 *
 * <p>Memory is bounded: callers and rules beyond {@value #MOST_NAMES} of either count as one.
 */
public final class AccessMeter {

    static final int MOST_NAMES = 256;

    private static final int MOST_CELLS = 1_024;
    private static final String DEFAULT = "default";

    private final String destination;
    private final Counter calls;
    private final BoundedNames sources = new BoundedNames(MOST_NAMES);
    private final BoundedNames rules = new BoundedNames(MOST_NAMES);
    private final Map<Key, Cell> cells = new ConcurrentHashMap<>();

    AccessMeter(PrometheusRegistry registry, String destination) {
        this.destination = destination;
        calls = Counter.builder()
                .name("signalbox_authorization_total")
                .help("Calls that arrived while the policy says who may call, by what it made of them.")
                .labelNames("source", "destination", "decision", "rule")
                .register(registry);
    }

    private record Key(String source, @Nullable String identity, AccessDecision decision, String rule) {}

    /** @param method of the last call; with the path, an example of what was asked */
    private record Cell(long count, String method, String path) {}

    /**
     * A call of that caller arrived.
     *
     * @param service that the caller proves to be; empty when it proves none
     * @param rule the one that decided; {@code null} for the default
     */
    public void count(
            String service,
            @Nullable String identity,
            AccessDecision decision,
            @Nullable String rule,
            String method,
            String path) {
        String name = sources.of(nameOf(service, identity));
        String by = rules.of(rule == null ? DEFAULT : rule);
        calls.labelValues(name, destination, decision.wireName(), by).inc();
        Key key = new Key(name, name.equals(BoundedNames.OTHER) ? null : identity, decision, rule == null ? "" : by);
        if (cells.size() < MOST_CELLS || cells.containsKey(key)) {
            cells.merge(
                    key,
                    new Cell(1, method, cut(path)),
                    (old, one) -> new Cell(old.count() + 1, one.method(), one.path()));
        }
    }

    /** What was counted since this was last called. */
    public List<AccessInterval> drain() {
        List<AccessInterval> drained = new ArrayList<>();
        for (Key key : List.copyOf(cells.keySet())) {
            Cell cell = cells.remove(key);
            if (cell != null) {
                drained.add(new AccessInterval(
                        key.source(),
                        key.identity(),
                        key.decision(),
                        key.rule(),
                        cell.method(),
                        cell.path(),
                        cell.count()));
            }
        }
        return drained;
    }

    /** How a caller is called: by its service, by another identity, or as one that proves none. */
    public static String nameOf(String service, @Nullable String identity) {
        if (identity == null) {
            return AuthorizationRule.UNKNOWN;
        }
        return service.isEmpty() || service.equals(AuthorizationRule.UNKNOWN) ? identity : service;
    }

    private static String cut(String path) {
        return path.length() <= AccessInterval.LONGEST_PATH ? path : path.substring(0, AccessInterval.LONGEST_PATH);
    }
}
