package io.signalbox.mesh.cli;

import io.signalbox.mesh.client.CertificateInfo;
import io.signalbox.mesh.client.ControlPlaneInfo;
import io.signalbox.mesh.event.RecordedEvent;
import io.signalbox.mesh.model.status.BreakerStatus;
import io.signalbox.mesh.model.status.EdgeStatus;
import io.signalbox.mesh.model.status.EjectionStatus;
import io.signalbox.mesh.model.status.InstanceStatus;
import io.signalbox.mesh.model.status.MeshSnapshot;
import io.signalbox.mesh.model.status.RolloutStatus;
import io.signalbox.mesh.model.status.ServiceStatus;
import io.signalbox.mesh.model.status.SplitStatus;
import io.signalbox.mesh.model.status.VersionShare;
import io.signalbox.mesh.model.status.VersionStatus;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The tables of {@code signalbox get}, from snapshots. */
final class Views {

    private Views() {}

    static Table services(MeshSnapshot snapshot) {
        Table table =
                new Table("SERVICE", "KIND", "HEALTH", "VERSIONS", ">INSTANCES", ">REQ/S", ">SUCCESS", ">P50", ">P99");
        for (ServiceStatus service : snapshot.services()) {
            table.row(
                    service.name(),
                    lower(service.kind()),
                    lower(service.health()),
                    service.versions().stream().map(VersionStatus::version).collect(Collectors.joining(",")),
                    Integer.toString(instances(service).size()),
                    Words.rate(service.stats().requestsPerSecond()),
                    Words.success(service.stats()),
                    Words.p50(service.stats()),
                    Words.p99(service.stats()));
        }
        return table;
    }

    static Table instances(MeshSnapshot snapshot, Instant now) {
        Table table = new Table(
                "INSTANCE",
                "SERVICE",
                "VERSION",
                "HEALTH",
                "STATE",
                "ADDRESS",
                ">IN FLIGHT",
                ">REQ/S",
                ">SUCCESS",
                ">P99",
                ">HEARTBEAT");
        for (ServiceStatus service : snapshot.services()) {
            for (InstanceStatus instance : instances(service)) {
                table.row(
                        instance.instance().instanceId(),
                        service.name(),
                        instance.instance().version(),
                        lower(instance.health()),
                        lower(instance.serving()),
                        instance.instance().host() + ":" + instance.instance().port(),
                        Integer.toString(instance.inFlight()),
                        Words.rate(instance.stats().requestsPerSecond()),
                        Words.success(instance.stats()),
                        Words.p99(instance.stats()),
                        Words.age(instance.instance().lastHeartbeat(), now));
            }
        }
        return table;
    }

    static Table breakers(MeshSnapshot snapshot, Instant now) {
        Table table = new Table(
                "CIRCUIT",
                "EDGE",
                "STATE",
                "SINCE",
                ">PROBE IN",
                ">CALLS",
                ">FAILED",
                ">REFUSED",
                ">EJECTED FOR",
                "NOTE");
        for (BreakerStatus breaker : snapshot.breakers()) {
            EjectionStatus ejection = breaker.ejection();
            table.row(
                    breaker.id(),
                    breaker.edge().toString(),
                    breaker.state().wireName(),
                    Words.clock(breaker.since()),
                    Words.until(breaker.nextProbe(), now),
                    Long.toString(breaker.calls()),
                    Long.toString(breaker.failures()),
                    Long.toString(breaker.refused()),
                    Words.until(ejection == null ? null : ejection.until(), now),
                    note(breaker));
        }
        return table;
    }

    /** What an operator said of the circuit, and why its endpoint is ejected. */
    private static String note(BreakerStatus breaker) {
        EjectionStatus ejection = breaker.ejection();
        return Stream.of(breaker.note(), ejection == null ? null : "ejected: " + ejection.why())
                .filter(Objects::nonNull)
                .collect(Collectors.joining("; "));
    }

    /** @param rollouts the current one of each service first */
    static Table splits(MeshSnapshot snapshot, List<RolloutStatus> rollouts) {
        Table table =
                new Table("SERVICE", "KIND", "VERSION", ">ASKED", ">GOT", ">LOW", ">HIGH", ">N", "SINCE", "ROLLOUT");
        for (SplitStatus split : snapshot.splits()) {
            for (VersionShare version : split.versions()) {
                table.row(
                        split.service(),
                        lower(split.kind()),
                        version.version(),
                        version.asked().toString(),
                        split.counted() == 0 ? Words.NONE : percent(version.share()),
                        split.counted() == 0 ? Words.NONE : percent(version.low()),
                        split.counted() == 0 ? Words.NONE : percent(version.high()),
                        Long.toString(split.counted()),
                        Words.clock(split.since()),
                        rollout(rollouts, split.service(), version.version()));
            }
        }
        return table;
    }

    private static String rollout(List<RolloutStatus> rollouts, String service, String version) {
        return rollouts.stream()
                .filter(rollout -> rollout.service().equals(service))
                .findFirst()
                .filter(rollout -> rollout.candidate().equals(version))
                .map(rollout -> rollout.phase().words())
                .orElse("");
    }

    static Table edges(MeshSnapshot snapshot) {
        Table table = new Table(
                "EDGE", "SECURITY", ">REQ/S", ">SUCCESS", ">P50", ">P99", ">IN FLIGHT", ">RETRIES", "BREAKER", ">OPEN");
        for (EdgeStatus edge : snapshot.edges()) {
            table.row(
                    edge.id().toString(),
                    lower(edge.security()),
                    Words.rate(edge.stats().requestsPerSecond()),
                    Words.success(edge.stats()),
                    Words.p50(edge.stats()),
                    Words.p99(edge.stats()),
                    Integer.toString(edge.inFlight()),
                    Long.toString(edge.retries()),
                    edge.breaker().wireName(),
                    edge.openCircuits() + "/" + edge.circuits());
        }
        return table;
    }

    static Table events(List<RecordedEvent> events) {
        Table table = new Table(">SEQ", "TIME", "EVENT");
        events.forEach(recorded -> table.row(
                Long.toString(recorded.sequence()), Words.clock(recorded.at()), EventWords.of(recorded.event())));
        return table;
    }

    static Table controlPlanes(List<ControlPlaneInfo> controlPlanes, Instant now) {
        Table table = new Table("URL", "ROLE", ">UP", "HERE", "ID");
        controlPlanes.forEach(one -> table.row(
                one.url().toString(),
                one.role().name().toLowerCase(Locale.ROOT).replace('_', '-'),
                Words.age(one.since(), now),
                one.here() ? "yes" : "",
                one.id()));
        return table;
    }

    static Table certificates(List<CertificateInfo> certificates) {
        Table table = new Table("SERVICE", "INSTANCE", "STATE", "SERIAL", "ISSUED", "UNTIL", "BY");
        certificates.forEach(certificate -> table.row(
                certificate.service(),
                certificate.instance() == null ? Words.NONE : certificate.instance(),
                lower(certificate.state()),
                certificate.serial(),
                certificate.issuedAt().truncatedTo(ChronoUnit.SECONDS).toString(),
                certificate.notAfter().truncatedTo(ChronoUnit.SECONDS).toString(),
                certificate.by()));
        return table;
    }

    static List<InstanceStatus> instances(ServiceStatus service) {
        return service.versions().stream()
                .flatMap(version -> version.instances().stream())
                .toList();
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f %%", share * 100);
    }

    private static String lower(Enum<?> word) {
        return word.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
