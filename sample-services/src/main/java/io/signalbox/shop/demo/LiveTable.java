package io.signalbox.shop.demo;

import io.signalbox.mesh.model.Switch;
import io.signalbox.mesh.model.status.BreakerStatus;
import io.signalbox.mesh.model.status.FaultStatus;
import io.signalbox.mesh.model.status.InstanceStatus.Serving;
import io.signalbox.mesh.model.status.Latency;
import io.signalbox.mesh.model.status.MeshSnapshot;
import io.signalbox.mesh.model.status.ServiceStatus;
import io.signalbox.mesh.model.status.TrafficStats;
import io.signalbox.shop.load.LoadReport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The mesh as a few lines of text: the totals, a row for each service, and what is out of the ordinary. */
final class LiveTable {

    private static final int CIRCUITS_SHOWN = 6;

    private LiveTable() {}

    static List<String> lines(MeshSnapshot mesh, LoadReport load, Duration elapsed) {
        List<String> lines = new ArrayList<>();
        lines.add(totals(mesh, load, elapsed));
        lines.add(row("SERVICE", "REQ/S", "SUCCESS", "P50", "P99", "SERVING", "HEALTH"));
        mesh.services().stream().map(LiveTable::row).forEach(lines::add);
        List<String> open = mesh.breakers().stream()
                .filter(breaker -> breaker.state().refuses())
                .map(BreakerStatus::id)
                .toList();
        if (!open.isEmpty()) {
            String shown = open.stream().limit(CIRCUITS_SHOWN).collect(Collectors.joining(", "));
            lines.add("open circuits: " + shown
                    + (open.size() > CIRCUITS_SHOWN ? " and " + (open.size() - CIRCUITS_SHOWN) + " more" : ""));
        }
        String faults = faultsOn(mesh);
        if (!faults.isEmpty()) {
            lines.add("faults on: " + faults);
        }
        return lines;
    }

    private static String totals(MeshSnapshot mesh, LoadReport load, Duration elapsed) {
        TrafficStats totals = mesh.totals();
        return String.join(
                "  ",
                mesh.mesh(),
                elapsed.toSeconds() + " s",
                Figures.rate(totals.requestsPerSecond()) + " req/s (asked "
                        + Figures.rate(load.status().targetPerSecond()) + ")",
                "success " + Figures.share(totals.successShare()),
                "failed " + Figures.count(load.status().failed()),
                "late " + Figures.count(load.status().late()),
                "p50 " + quantile(totals.latency(), Quantile.P50),
                "p99 " + quantile(totals.latency(), Quantile.P99),
                "mTLS " + Figures.share(mesh.securedShare()));
    }

    private static String row(ServiceStatus service) {
        TrafficStats stats = service.stats();
        return row(
                service.name(),
                Figures.rate(stats.requestsPerSecond()),
                Figures.share(stats.successShare()),
                quantile(stats.latency(), Quantile.P50),
                quantile(stats.latency(), Quantile.P99),
                serving(service),
                service.health().name().toLowerCase(Locale.ROOT));
    }

    private static String row(Object... cells) {
        return String.format(Locale.ROOT, "%-12s %9s %10s %9s %9s %9s  %s", cells)
                .stripTrailing();
    }

    private static String serving(ServiceStatus service) {
        long all = service.versions().stream()
                .mapToLong(version -> version.instances().size())
                .sum();
        long serving = service.versions().stream()
                .flatMap(version -> version.instances().stream())
                .filter(instance -> instance.serving() == Serving.SERVING)
                .count();
        return all == 0 ? "" : serving + "/" + all;
    }

    private static String faultsOn(MeshSnapshot mesh) {
        if (mesh.scenario() == null) {
            return "";
        }
        return mesh.scenario().faults().stream()
                .filter(fault -> fault.position() == Switch.ON)
                .map(FaultStatus::name)
                .collect(Collectors.joining(", "));
    }

    private static String quantile(@Nullable Latency latency, Quantile quantile) {
        if (latency == null) {
            return "–";
        }
        return Figures.millis(
                switch (quantile) {
                    case P50 -> latency.p50Nanos();
                    case P99 -> latency.p99Nanos();
                });
    }

    private enum Quantile {
        P50,
        P99
    }
}
