package io.signalbox.mesh.controlplane;

import io.signalbox.mesh.explain.DecisionRecord;
import io.signalbox.mesh.explain.RequestLog;
import io.signalbox.mesh.model.MeshConfig;
import io.signalbox.mesh.model.ServiceConfig;
import io.signalbox.mesh.model.Splitting;
import io.signalbox.mesh.routing.NewKey;
import io.signalbox.mesh.routing.RouteDecision;
import io.signalbox.mesh.routing.RouteReason;
import io.signalbox.mesh.routing.RouteTable;
import io.signalbox.mesh.routing.StickyKey;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How many callers a split told apart of late, by the keys of the requests that are kept. Safe from any thread. */
final class SeenKeys {

    private static final Duration LATELY = Duration.ofMinutes(1);

    private final List<RequestLog<?>> logs;
    private final InstantSource clock;

    SeenKeys(List<RequestLog<?>> logs, InstantSource clock) {
        this.logs = List.copyOf(logs);
        this.clock = clock;
    }

    /** Different keys by which the split chose a version of the service in the last minute; 0 when none is known. */
    long of(ServiceConfig service) {
        RouteTable table = RouteTable.of(new MeshConfig(0, Map.of(service.service(), service)));
        Set<String> keys = new HashSet<>();
        logs.stream()
                .flatMap(log -> log.since(clock.instant().minus(LATELY)).stream())
                .filter(DecisionRecord.class::isInstance)
                .map(DecisionRecord.class::cast)
                .forEach(record -> add(record, service, table, keys));
        return keys.size();
    }

    private static void add(DecisionRecord record, ServiceConfig service, RouteTable table, Set<String> keys) {
        if (record.decision() instanceof RouteDecision.Routed routed
                && routed.config().service().equals(service.service())
                && routed.reason() instanceof RouteReason.BySplit) {
            String key = key(record, service, table, routed.newKey());
            if (key != null) {
                keys.add(key);
            }
        }
    }

    private static @Nullable String key(
            DecisionRecord record, ServiceConfig service, RouteTable table, @Nullable NewKey given) {
        StickyKey sticky = table.stickyKey(service.service(), record.head(), record.keys(), given);
        if (sticky != null) {
            return sticky.hash();
        }
        return service.policy().splitting() instanceof Splitting.AbTest test
                ? record.head().first(test.splitKey())
                : null;
    }
}
