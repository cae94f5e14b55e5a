package io.signalbox.mesh.proxy.outbound;

import io.signalbox.mesh.metrics.MirrorResult;
import io.signalbox.mesh.model.Endpoint;
import io.signalbox.mesh.model.MeshConfig;
import io.signalbox.mesh.model.Mirror;
import io.signalbox.mesh.model.Protocol;
import io.signalbox.mesh.model.ServiceConfig;
import io.signalbox.mesh.proxy.filter.MeshFields;
import io.signalbox.mesh.proxy.transport.MessageHeaders;
import io.signalbox.mesh.proxy.transport.OutgoingHead;
import io.signalbox.mesh.proxy.transport.ServerExchange;
import io.signalbox.mesh.proxy.transport.Target;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Sends copies of the requests to one service where its policy's mirror says, once the answer to the request itself begins:
 * a copy delays nothing, and knows what it is compared with. Circuits, budgets and limits know nothing of copies.
 * Immutable but for the count of those under way, and safe to use from any thread.
 */
final class Mirroring {

    private static final int SWITCHING = 101;

    private final Mirror mirror;
    private final String service;
    private final Duration limit;
    private final List<Target> targets;
    private final OutboundRequests.Environment environment;
    private final AtomicInteger inFlight;

    private Mirroring(
            Mirror mirror,
            ServiceConfig service,
            List<Target> targets,
            OutboundRequests.Environment environment,
            AtomicInteger inFlight) {
        this.mirror = mirror;
        this.service = service.service();
        this.limit = service.policy().timeout();
        this.targets = targets;
        this.environment = environment;
        this.inFlight = inFlight;
    }

    /**
     * Of that service; {@code null} when its policy has no mirror.
     *
     * @param before what held until now, whose copies are still under way
     */
    static @Nullable Mirroring of(
            ServiceConfig service,
            MeshConfig config,
            @Nullable Mirroring before,
            OutboundRequests.Environment environment) {
        Mirror mirror = service.policy().experiments().mirror().orElse(null);
        if (mirror == null) {
            return null;
        }
        ServiceConfig to = mirror.service().isPresent()
                ? config.services().get(mirror.service().get())
                : service;
        List<Target> targets = to == null
                ? List.of()
                : to.endpoints().stream()
                        .filter(endpoint -> gets(mirror, endpoint))
                        .map(environment.circuits()::target)
                        .filter(Objects::nonNull)
                        .toList();
        return new Mirroring(
                mirror, service, targets, environment, before == null ? new AtomicInteger() : before.inFlight);
    }

    private static boolean gets(Mirror mirror, Endpoint endpoint) {
        return endpoint.protocol() != Protocol.TCP
                && mirror.version().map(endpoint.version()::equals).orElse(true);
    }

    /** The application's answer to this call begins; its own request goes out a second time, perhaps. */
    void answered(ServerExchange exchange, OutgoingHead sent, int status) {
        if (status == SWITCHING
                || !mirror.methods().contains(sent.method())
                || environment.random().nextDouble() * Mirror.ALL >= mirror.share()) {
            return;
        }
        if (targets.isEmpty()) {
            count(MirrorResult.NO_ENDPOINT);
        } else if (!exchange.bodyComplete()) {
            count(MirrorResult.BODY_NOT_KEPT);
        } else if (inFlight.incrementAndGet() > mirror.maxInFlight()) {
            inFlight.decrementAndGet();
            count(MirrorResult.DROPPED);
        } else {
            send(exchange, sent, status);
        }
    }

    private void send(ServerExchange exchange, OutgoingHead sent, int status) {
        MessageHeaders fields = sent.headers().copy();
        fields.remove(MeshFields.DEADLINE);
        fields.set(MeshFields.MIRROR, service);
        Target target = targets.get(environment.random().nextInt(targets.size()));
        exchange.shadow(target, new OutgoingHead(sent.method(), sent.target(), fields), limit, answered -> {
            inFlight.decrementAndGet();
            count(result(status, answered));
        });
    }

    private static MirrorResult result(int status, int answered) {
        if (answered == 0) {
            return MirrorResult.FAILED;
        }
        return answered == status ? MirrorResult.SAME_STATUS : MirrorResult.OTHER_STATUS;
    }

    private void count(MirrorResult result) {
        environment.metrics().mirrored(service, mirror.to(), result);
    }
}
