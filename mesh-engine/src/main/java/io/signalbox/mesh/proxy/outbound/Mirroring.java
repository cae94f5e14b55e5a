package io.signalbox.mesh.proxy.outbound;

import io.signalbox.mesh.metrics.MirrorResult;
import io.signalbox.mesh.mirror.KeptAnswer;
import io.signalbox.mesh.model.Endpoint;
import io.signalbox.mesh.model.MeshConfig;
import io.signalbox.mesh.model.Mirror;
import io.signalbox.mesh.model.Protocol;
import io.signalbox.mesh.model.RequestHead;
import io.signalbox.mesh.model.ServiceConfig;
import io.signalbox.mesh.proxy.filter.MeshFields;
import io.signalbox.mesh.proxy.transport.MessageHeaders;
import io.signalbox.mesh.proxy.transport.OutgoingHead;
import io.signalbox.mesh.proxy.transport.ResponseHead;
import io.signalbox.mesh.proxy.transport.ServerExchange;
import io.signalbox.mesh.proxy.transport.Target;
import io.signalbox.mesh.routing.RequestMatch;
import io.signalbox.mesh.routing.RouteSource;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Sends copies of the requests to one service where its policy's mirror says, once the answer to the request itself begins:
 * a copy delays nothing, and knows what it is compared with. Circuits, budgets and limits know nothing of copies.
 * Immutable but for the count of those under way, and safe to use from any thread.
 */
final class Mirroring {

    private static final int SWITCHING = 101;

    private final Mirror mirror;
    private final RequestMatch match;
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
        this.match = RequestMatch.of(mirror.match());
        this.service = service.service();
        this.limit = service.policy().timeout();
        this.targets = targets;
        this.environment = environment;
        this.inFlight = inFlight;
    }

    /**
     * Of that service; {@code null} when its policy has no mirror, or none of what this caller sends.
     *
     * @param source who calls the service
     * @param before what held until now, whose copies are still under way
     */
    static @Nullable Mirroring of(
            ServiceConfig service,
            MeshConfig config,
            RouteSource source,
            @Nullable Mirroring before,
            OutboundRequests.Environment environment) {
        Mirror mirror = service.policy().experiments().mirror().orElse(null);
        if (mirror == null || !source.meets(mirror.match())) {
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

    /** Whether copies are made of such a request, if it is drawn. */
    boolean concerns(RequestHead head) {
        return mirror.methods().contains(head.method()) && match.holds(head);
    }

    /**
     * The application's answer to that attempt begins; its own request goes out a second time, perhaps.
     *
     * @param sent the request as the attempt sent it; asked only when a copy goes out
     * @return what is to be told of the answer as it passes; {@code null} for nothing
     */
    @Nullable
    Comparison answered(Attempt attempt, ServerExchange exchange, Supplier<OutgoingHead> sent, ResponseHead head) {
        if (head.status() == SWITCHING
                || !mirror.methods().contains(exchange.head().method())
                || environment.random().nextDouble() * Mirror.ALL >= mirror.share()
                || !match.holds(exchange.head())) {
            return null;
        }
        if (targets.isEmpty()) {
            count(MirrorResult.NO_ENDPOINT);
            return null;
        }
        if (!exchange.bodyComplete()) {
            count(MirrorResult.BODY_NOT_KEPT);
            return null;
        }
        if (!admitted()) {
            count(MirrorResult.DROPPED);
            return null;
        }
        OutgoingHead copy = copyOf(sent.get());
        Target target = targets.get(environment.random().nextInt(targets.size()));
        Mirror.Diff diff = mirror.diff().orElse(null);
        if (diff == null) {
            exchange.shadow(
                    target,
                    copy,
                    limit,
                    null,
                    (answered, headNanos) -> mirrored(head.status(), attempt.took(), answered, headNanos));
            return null;
        }
        return compared(diff, attempt, exchange, copy, head, target);
    }

    private Comparison compared(
            Mirror.Diff diff,
            Attempt attempt,
            ServerExchange exchange,
            OutgoingHead copy,
            ResponseHead head,
            Target target) {
        long now = environment.ticker().nanos();
        KeptAnswer primary = new KeptAnswer(environment.ticker(), now - attempt.took());
        primary.head(head.status());
        head.headers().forEach(primary::field);
        KeptAnswer ofMirror = new KeptAnswer(environment.ticker(), now);
        Target other = otherPrimary(diff, attempt, copy);
        KeptAnswer second = other == null ? null : new KeptAnswer(environment.ticker(), now);
        Comparison comparison = new Comparison(
                environment.mirrors().report(service, mirror.to()),
                diff.ignoreHeaders(),
                primary,
                ofMirror,
                second,
                inFlight);
        comparison.endsBy(exchange.after(limit, comparison::giveUp));
        int status = head.status();
        exchange.shadow(target, copy, limit, ofMirror, (answered, headNanos) -> {
            ended(status, attempt.took(), answered, headNanos);
            comparison.mirrorEnded(answered != 0);
        });
        if (other != null) {
            exchange.shadow(other, copy, limit, second, (answered, _) -> comparison.secondEnded(answered != 0));
        }
        return comparison;
    }

    /** Somebody else who might have given the answer; the same once more where there is nobody else. */
    private @Nullable Target otherPrimary(Mirror.Diff diff, Attempt attempt, OutgoingHead copy) {
        if (!copy.method().equals("GET")
                || environment.random().nextDouble() * Mirror.ALL >= diff.noiseShare()
                || !admitted()) {
            return null;
        }
        List<Endpoint> others = attempt.route().endpoints().stream()
                .filter(endpoint -> !endpoint.equals(attempt.endpoint()))
                .toList();
        Endpoint asked = others.isEmpty()
                ? attempt.endpoint()
                : others.get(environment.random().nextInt(others.size()));
        Target target = environment.circuits().target(asked);
        if (target == null) {
            inFlight.decrementAndGet();
        }
        return target;
    }

    private boolean admitted() {
        if (inFlight.incrementAndGet() <= mirror.maxInFlight()) {
            return true;
        }
        inFlight.decrementAndGet();
        return false;
    }

    private OutgoingHead copyOf(OutgoingHead sent) {
        MessageHeaders fields = sent.headers().copy();
        fields.remove(MeshFields.DEADLINE);
        fields.set(MeshFields.MIRROR, service);
        return new OutgoingHead(sent.method(), sent.target(), fields);
    }

    /** An attempt that it would have been copied at failed without an answer, or is tried again. */
    void failed() {
        String version = mirror.version().orElse(null);
        if (version != null
                && !targets.isEmpty()
                && inFlight.get() < mirror.maxInFlight()
                && environment.random().nextDouble() * Mirror.ALL < mirror.share()) {
            environment.metrics().copies().failed(service, version);
        }
    }

    private void mirrored(int status, long tookNanos, int answered, long headNanos) {
        inFlight.decrementAndGet();
        ended(status, tookNanos, answered, headNanos);
    }

    private void ended(int status, long tookNanos, int answered, long headNanos) {
        count(result(status, answered));
        mirror.version()
                .ifPresent(version -> environment
                        .metrics()
                        .copies()
                        .copied(service, version, status, tookNanos, answered, headNanos));
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
