package io.signalbox.mesh.cli;

import io.signalbox.mesh.client.MeshConnection;
import io.signalbox.mesh.client.MeshConnection.SnapshotListener;
import io.signalbox.mesh.client.attach.IdentityReport;
import io.signalbox.mesh.client.json.Json;
import io.signalbox.mesh.event.RecordedEvent;
import io.signalbox.mesh.model.status.MeshSnapshot;
import io.signalbox.mesh.model.status.ServiceStatus;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

/** {@code signalbox get}: reads what is true now. */
@Command(
        name = "get",
        mixinStandardHelpOptions = true,
        description = "Reads services, instances, policies, breakers, canaries, sidecars, events, certificates,"
                + " authorization, control-planes or the topology.",
        footer = {
            "",
            "Figures are of the last 10 seconds; shares got rest on the requests since the last change, one minute at"
                    + " most."
        })
final class GetCommand extends MeshCommand {

    private static final int NEWEST_EVENTS = 50;
    private static final int NEWEST_CERTIFICATES = 200;
    private static final String CLEAR = "\u001b[H\u001b[2J";

    @Parameters(
            paramLabel = "WHAT",
            description = "services, instances, policies, breakers, canaries, sidecars, events, certificates,"
                    + " authorization, control-planes or topology.",
            converter = KindConverter.class)
    private Kind kind = Kind.SERVICES;

    @Option(
            names = {"-w", "--watch"},
            description = "Writes again with every new snapshot, until stopped.")
    private boolean watch;

    @Mixin
    private Output output = new Output();

    GetCommand(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    int run(MeshConnection mesh) {
        MeshSnapshot now = mesh.snapshot();
        if (!watch) {
            write(mesh, now);
            return ExitStatus.DONE;
        }
        return follow(mesh);
    }

    /** Writes each new snapshot until nobody reads any more. */
    private int follow(MeshConnection mesh) {
        CountDownLatch unread = new CountDownLatch(1);
        try (MeshConnection.Subscription subscription = mesh.subscribe(new SnapshotListener() {
            @Override
            public void snapshot(MeshSnapshot snapshot) {
                rewrite(mesh, snapshot);
                if (surroundings().out().checkError()) {
                    unread.countDown();
                }
            }

            @Override
            public void disconnected(String why) {
                surroundings().err().println("signalbox: not connected: " + why);
                surroundings().err().flush();
            }
        })) {
            unread.await();
            return ExitStatus.DONE;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return ExitStatus.INTERRUPTED;
        }
    }

    private synchronized void rewrite(MeshConnection mesh, MeshSnapshot snapshot) {
        if (output.format() == Output.Format.TABLE && surroundings().sink() == Surroundings.Sink.TERMINAL) {
            surroundings().out().print(CLEAR);
        }
        write(mesh, snapshot);
        surroundings().out().flush();
    }

    private void write(MeshConnection mesh, MeshSnapshot snapshot) {
        switch (output.format()) {
            case TABLE -> table(mesh, snapshot).lines().forEach(this::say);
            case JSON -> say(Json.pretty(value(mesh, snapshot)));
            case YAML -> surroundings().out().print(Yaml.text(value(mesh, snapshot)));
        }
    }

    private Table table(MeshConnection mesh, MeshSnapshot snapshot) {
        return switch (kind) {
            case SERVICES -> Views.services(snapshot);
            case INSTANCES -> Views.instances(snapshot, surroundings().clock().instant());
            case BREAKERS -> Views.breakers(snapshot, surroundings().clock().instant());
            case CANARIES -> Views.splits(snapshot, mesh.rollouts().list());
            case TOPOLOGY -> Views.edges(snapshot);
            case EVENTS -> Views.events(events(mesh));
            case SIDECARS -> sidecars(mesh);
            case POLICIES -> policies(mesh, snapshot);
            case CERTIFICATES -> Views.certificates(mesh.trust().certificates(NEWEST_CERTIFICATES));
            case AUTHORIZATION -> AuthorizationView.table(mesh.authorization());
            case CONTROL_PLANES ->
                Views.controlPlanes(mesh.controlPlanes(), surroundings().clock().instant());
        };
    }

    private Object value(MeshConnection mesh, MeshSnapshot snapshot) {
        return switch (kind) {
            case SERVICES -> snapshot.services();
            case INSTANCES ->
                snapshot.services().stream()
                        .flatMap(service -> Views.instances(service).stream())
                        .toList();
            case BREAKERS -> snapshot.breakers();
            case CANARIES -> snapshot.splits();
            case TOPOLOGY -> Map.of("services", snapshot.services(), "edges", snapshot.edges());
            case EVENTS -> events(mesh);
            case CERTIFICATES -> mesh.trust().certificates(NEWEST_CERTIFICATES);
            case AUTHORIZATION -> mesh.authorization();
            case SIDECARS -> mesh.sidecars();
            case CONTROL_PLANES -> mesh.controlPlanes();
            case POLICIES ->
                withPolicies(mesh, snapshot).stream().map(mesh::policy).toList();
        };
    }

    private static List<RecordedEvent> events(MeshConnection mesh) {
        return mesh.events(0, NEWEST_EVENTS);
    }

    /** Those in the control plane's own process are not among them. */
    private Table sidecars(MeshConnection mesh) {
        Instant now = surroundings().clock().instant();
        Table table = new Table("SERVICE", "INSTANCE", ">CONNECTED", ">REVISION", ">UNTOLD", "REFUSED", "CERTIFICATE");
        mesh.sidecars()
                .forEach(sidecar -> table.row(
                        sidecar.service(),
                        sidecar.instance(),
                        Words.age(sidecar.connectedSince(), now),
                        sidecar.revision() == sidecar.newest()
                                ? Long.toString(sidecar.revision())
                                : sidecar.revision() + " of " + sidecar.newest(),
                        sidecar.untold() == null ? Words.NONE : Long.toString(sidecar.untold()),
                        sidecar.refused().stream()
                                .map(refusal -> refusal.service() + " at " + refusal.revision() + ": " + refusal.why())
                                .collect(Collectors.joining("; ")),
                        certificate(sidecar.identity())));
        return table;
    }

    private static String certificate(@Nullable IdentityReport identity) {
        if (identity == null) {
            return Words.NONE;
        }
        String until = "until " + identity.notAfter().truncatedTo(ChronoUnit.SECONDS);
        return identity.trouble() == null ? until : until + ": " + identity.trouble();
    }

    private static Table policies(MeshConnection mesh, MeshSnapshot snapshot) {
        Table table = new Table("SERVICE", ">REVISION");
        withPolicies(mesh, snapshot).stream()
                .map(mesh::policy)
                .forEach(policy -> table.row(
                        policy.service(), policy.revision() == 0 ? "default" : Long.toString(policy.revision())));
        return table;
    }

    /** A policy may come before its service. */
    private static Collection<String> withPolicies(MeshConnection mesh, MeshSnapshot snapshot) {
        TreeSet<String> services = new TreeSet<>(mesh.writtenPolicies());
        snapshot.services().stream()
                .filter(service -> !service.versions().isEmpty())
                .map(ServiceStatus::name)
                .forEach(services::add);
        return services;
    }

    /** What can be read. */
    enum Kind {
        SERVICES,
        INSTANCES,
        POLICIES,
        BREAKERS,
        CANARIES,
        SIDECARS,
        EVENTS,
        CERTIFICATES,
        AUTHORIZATION,
        CONTROL_PLANES,
        TOPOLOGY
    }

    /** Reads a kind by its lower-case name, also in the singular. */
    static final class KindConverter implements picocli.CommandLine.ITypeConverter<Kind> {
        @Override
        public Kind convert(String text) {
            return switch (text.toLowerCase(Locale.ROOT)) {
                case "services", "service" -> Kind.SERVICES;
                case "instances", "instance" -> Kind.INSTANCES;
                case "policies", "policy" -> Kind.POLICIES;
                case "breakers", "breaker" -> Kind.BREAKERS;
                case "canaries", "canary" -> Kind.CANARIES;
                case "sidecars", "sidecar" -> Kind.SIDECARS;
                case "events", "event" -> Kind.EVENTS;
                case "certificates", "certificate" -> Kind.CERTIFICATES;
                case "authorization" -> Kind.AUTHORIZATION;
                case "control-planes", "control-plane" -> Kind.CONTROL_PLANES;
                case "topology" -> Kind.TOPOLOGY;
                default ->
                    throw new TypeConversionException("what: " + text
                            + " (expected: services | instances | policies | breakers | canaries | sidecars | events |"
                            + " certificates | authorization | control-planes | topology)");
            };
        }
    }
}
