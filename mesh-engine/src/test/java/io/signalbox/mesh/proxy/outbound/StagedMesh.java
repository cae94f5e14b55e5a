package io.signalbox.mesh.proxy.outbound;

import io.signalbox.mesh.explain.DecisionLog;
import io.signalbox.mesh.metrics.EdgeInterval;
import io.signalbox.mesh.metrics.LimitReading;
import io.signalbox.mesh.metrics.SidecarMetrics;
import io.signalbox.mesh.mirror.MirrorLog;
import io.signalbox.mesh.model.Endpoint;
import io.signalbox.mesh.model.MeshConfig;
import io.signalbox.mesh.model.Protocol;
import io.signalbox.mesh.model.RetryCondition;
import io.signalbox.mesh.model.ServiceConfig;
import io.signalbox.mesh.model.TrafficPolicy;
import io.signalbox.mesh.proxy.message.Fields;
import io.signalbox.mesh.proxy.relay.BodyLength;
import io.signalbox.mesh.proxy.relay.RequestMessage;
import io.signalbox.mesh.proxy.transport.CopyEnd;
import io.signalbox.mesh.proxy.transport.HttpVersion;
import io.signalbox.mesh.proxy.transport.Target;
import io.signalbox.mesh.resilience.TraceDeadlines;
import io.signalbox.mesh.time.ManualTime;
import io.signalbox.mesh.trace.SpanLog;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;

/** The outbound side of one sidecar on a clock that the test moves; endpoints do as they are told, and no byte is sent. */
final class StagedMesh {

    static final String SERVICE = "payment";

    final ManualTime time = new ManualTime();
    final SidecarMetrics metrics = new SidecarMetrics("shop", "shop-1", List::of);
    final TraceDeadlines deadlines = new TraceDeadlines(time);
    final Circuits circuits = new Circuits(
            endpoint -> new Target("shop", endpoint.instanceId(), 1, null, Target.Speech.HTTP1),
            time,
            time,
            new Random(5));
    final DecisionLog decisions = new DecisionLog(8, 8);
    final List<StagedAttempt> attempts = new ArrayList<>();
    boolean bodiesAreComplete = true;
    boolean answersEnd = true;

    /** Where copies of requests went. */
    final List<String> shadows = new ArrayList<>();

    /** What a copy's end is told; at first nothing, so that it stays under way. */
    Consumer<CopyEnd> shadowEnds = _ -> {};

    final Map<String, Behaviour> endpoints = new LinkedHashMap<>();
    private final Set<String> secured = new HashSet<>();
    private final OutboundRequests outbound = new OutboundRequests(
            new OutboundRequests.Environment(
                    "shop",
                    "shop-1",
                    circuits,
                    metrics,
                    new SpanLog(8, time),
                    decisions,
                    new MirrorLog(),
                    time,
                    time,
                    new Random(7)),
            null,
            null,
            null,
            deadlines);

    /** What an endpoint does with an attempt. */
    interface Behaviour {
        void on(StagedAttempt attempt);
    }

    StagedMesh endpoint(String instance, Behaviour behaviour) {
        endpoints.put(instance, behaviour);
        return this;
    }

    /** An endpoint that has proven its identity, so that what it says of its failures is believed. */
    StagedMesh secured(String instance, Behaviour behaviour) {
        secured.add(instance);
        return endpoint(instance, behaviour);
    }

    StagedMesh policy(TrafficPolicy policy) {
        outbound.apply(new MeshConfig(
                1,
                Map.of(
                        SERVICE,
                        new ServiceConfig(
                                policy,
                                Optional.empty(),
                                endpoints.keySet().stream().map(this::endpoint).toList()))));
        return this;
    }

    private Endpoint endpoint(String instance) {
        String identity = secured.contains(instance) ? "spiffe://signalbox.local/" + SERVICE : null;
        return new Endpoint(SERVICE, instance, "v1", "127.0.0.1", 1, Protocol.HTTP, identity);
    }

    List<LimitReading> limits() {
        return outbound.limits();
    }

    StagedExchange get() {
        return send("GET", new Fields());
    }

    StagedExchange send(String method, Fields fields) {
        fields.set("Host", SERVICE);
        StagedExchange exchange = new StagedExchange(
                this, null, new RequestMessage(HttpVersion.HTTP_1_1, method, "/", SERVICE, fields, BodyLength.NONE));
        outbound.handle(exchange);
        return exchange;
    }

    /** The instances that were asked, in order. */
    List<String> asked() {
        return attempts.stream().map(StagedAttempt::instance).toList();
    }

    /** How many of the endpoint's calls ended as failures in the last minute. */
    long failures(String instance) {
        return circuits.views().stream()
                .filter(view -> view.endpoint().instanceId().equals(instance))
                .mapToLong(CircuitView::recentFailures)
                .sum();
    }

    long calls(String instance) {
        return circuits.views().stream()
                .filter(view -> view.endpoint().instanceId().equals(instance))
                .mapToLong(CircuitView::recentCalls)
                .sum();
    }

    int inFlight() {
        return circuits.views().stream().mapToInt(CircuitView::inFlight).sum();
    }

    /** What was counted since this was last asked: retries by why, and calls by instance. */
    Counted counted() {
        Map<RetryCondition, Long> retries = new LinkedHashMap<>();
        Map<String, Long> calls = new LinkedHashMap<>();
        for (EdgeInterval edge : metrics.drain()) {
            edge.retries().forEach((reason, count) -> retries.merge(reason, count, Long::sum));
            if (edge.requests() > 0) {
                calls.merge(edge.key().instanceId(), edge.requests(), Long::sum);
            }
        }
        return new Counted(retries, calls);
    }

    record Counted(Map<RetryCondition, Long> retries, Map<String, Long> calls) {}
}
