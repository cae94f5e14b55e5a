package io.signalbox.mesh.proxy;

import io.signalbox.mesh.model.CircuitBreakerConfig;
import io.signalbox.mesh.model.Endpoint;
import io.signalbox.mesh.model.LoadBalancing;
import io.signalbox.mesh.model.MeshConfig;
import io.signalbox.mesh.model.Protocol;
import io.signalbox.mesh.model.RetryCondition;
import io.signalbox.mesh.model.RetryPolicy;
import io.signalbox.mesh.model.RoutingRule;
import io.signalbox.mesh.model.ServiceConfig;
import io.signalbox.mesh.model.Splitting;
import io.signalbox.mesh.model.TrafficPolicy;
import io.signalbox.mesh.model.Weight;
import io.signalbox.mesh.proxy.transport.TransportLimits;
import io.signalbox.mesh.time.Ticker;
import io.signalbox.mesh.tls.MeshCertificateAuthority;
import io.signalbox.mesh.tls.ServiceIdentity;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A mesh on real sockets: one authority, shared resources, sidecars and the configuration that they all follow. */
final class TestMesh implements AutoCloseable {

    static final String CALLER = "shop";

    final MeshCertificateAuthority authority =
            new MeshCertificateAuthority("test.signalbox", InstantSource.system(), new SecureRandom());
    final SharedResources shared;
    private final List<Sidecar> sidecars = new ArrayList<>();
    private final List<AutoCloseable> others = new ArrayList<>();
    private final Map<String, List<Endpoint>> endpoints = new TreeMap<>();
    private final Map<String, TrafficPolicy> policies = new TreeMap<>();
    private final Map<String, Weight> candidates = new TreeMap<>();
    private long revision;

    TestMesh() {
        this(TransportLimits.DEFAULT);
    }

    TestMesh(TransportLimits limits) {
        shared = SharedResources.start(Ticker.system(), InstantSource.system(), new Random(42), limits);
    }

    /** The sidecar of an application, registered as an endpoint of its service. */
    Sidecar serve(String service, String version, String instance, int appPort) {
        return serve(service, version, instance, appPort, Protocol.HTTP);
    }

    Sidecar serve(String service, String version, String instance, int appPort, Protocol protocol) {
        ServiceIdentity identity = authority.issue(service, instance);
        Sidecar sidecar = start(
                SidecarSpec.of(service, version, instance, appPort, identity).withAppProtocol(protocol));
        register(new Endpoint(
                service,
                instance,
                version,
                "127.0.0.1",
                sidecar.inboundPort().orElseThrow(),
                protocol,
                identity.id().toString()));
        return sidecar;
    }

    /** A sidecar that only calls, with an identity. */
    Sidecar caller() {
        return caller(CALLER);
    }

    Sidecar caller(String service) {
        return start(SidecarSpec.client(service, service + "-0", authority.issue(service, service + "-0")));
    }

    /** The sidecar of an application that speaks TCP, registered as an endpoint of its service. */
    Sidecar serveTcp(String service, String version, String instance, int appPort) {
        ServiceIdentity identity = authority.issue(service, instance);
        Sidecar sidecar = start(
                SidecarSpec.of(service, version, instance, appPort, identity).withAppProtocol(Protocol.TCP));
        register(new Endpoint(
                service,
                instance,
                version,
                "127.0.0.1",
                sidecar.inboundPort().orElseThrow(),
                Protocol.TCP,
                identity.id().toString()));
        return sidecar;
    }

    /** A sidecar that calls that service over TCP, with an identity. */
    Sidecar tcpCaller(String service) {
        return start(SidecarSpec.client(CALLER, CALLER + "-0", authority.issue(CALLER, CALLER + "-0"))
                .withTcp(Map.of(service, 0)));
    }

    Sidecar start(SidecarSpec spec) {
        Sidecar sidecar = Sidecar.start(spec, shared);
        sidecars.add(sidecar);
        publish();
        return sidecar;
    }

    /** An endpoint that speaks plain HTTP. */
    Endpoint plain(String service, String version, String instance, int port) {
        Endpoint endpoint = new Endpoint(service, instance, version, "127.0.0.1", port, Protocol.HTTP, null);
        register(endpoint);
        return endpoint;
    }

    void register(Endpoint endpoint) {
        endpoints.computeIfAbsent(endpoint.service(), name -> new ArrayList<>()).add(endpoint);
        publish();
    }

    void deregister(String instance) {
        endpoints
                .values()
                .forEach(known ->
                        known.removeIf(endpoint -> endpoint.instanceId().equals(instance)));
        publish();
    }

    void policy(TrafficPolicy policy) {
        policies.put(policy.service(), policy);
        endpoints.computeIfAbsent(policy.service(), name -> new ArrayList<>());
        publish();
    }

    void candidateWeight(String service, int percent) {
        candidates.put(service, new Weight(percent));
        publish();
    }

    <T extends AutoCloseable> T closing(T other) {
        others.add(other);
        return other;
    }

    MeshConfig config() {
        return new MeshConfig(
                ++revision,
                endpoints.entrySet().stream()
                        .collect(Collectors.toMap(
                                Map.Entry::getKey,
                                entry -> new ServiceConfig(
                                        policies.getOrDefault(entry.getKey(), TrafficPolicy.defaults(entry.getKey())),
                                        Optional.ofNullable(candidates.get(entry.getKey())),
                                        entry.getValue()))));
    }

    /** The first endpoint of the service. */
    Endpoint only(String service) {
        return endpoints.getOrDefault(service, List.of()).getFirst();
    }

    List<Sidecar> sidecars() {
        return List.copyOf(sidecars);
    }

    void publish() {
        MeshConfig config = config();
        sidecars.forEach(sidecar -> sidecar.apply(config));
    }

    @Override
    public void close() throws Exception {
        for (AutoCloseable other : others) {
            other.close();
        }
        sidecars.forEach(Sidecar::close);
        shared.close();
    }

    /** A policy to vary: five seconds, round robin, five failures, no retries. */
    static PolicyDraft draft(String service) {
        return new PolicyDraft(service);
    }

    /** Builds a policy in tests. */
    static final class PolicyDraft {
        private final String service;
        private Duration timeout = Duration.ofSeconds(5);
        private CircuitBreakerConfig breaker = new CircuitBreakerConfig(5, 2, Duration.ofSeconds(60), 3);
        private RetryPolicy retry = RetryPolicy.OFF;
        private List<RoutingRule> rules = List.of();
        private Splitting splitting = new Splitting.Unsplit();
        private LoadBalancing balancing = LoadBalancing.DEFAULT;

        PolicyDraft(String service) {
            this.service = service;
        }

        PolicyDraft balancing(LoadBalancing how) {
            balancing = how;
            return this;
        }

        PolicyDraft timeout(Duration limit) {
            timeout = limit;
            return this;
        }

        PolicyDraft breaker(int failures, int successes, Duration open, int halfOpen) {
            breaker = new CircuitBreakerConfig(failures, successes, open, halfOpen);
            return this;
        }

        PolicyDraft breaker(CircuitBreakerConfig config) {
            breaker = config;
            return this;
        }

        PolicyDraft retry(RetryPolicy whole) {
            retry = whole;
            return this;
        }

        PolicyDraft retry(int attempts, RetryCondition... on) {
            return retry(attempts, Optional.empty(), RetryPolicy.Methods.IDEMPOTENT, List.of(on));
        }

        PolicyDraft retry(
                int attempts, Optional<Duration> perTry, RetryPolicy.Methods methods, Collection<RetryCondition> on) {
            retry = new RetryPolicy(
                    attempts,
                    perTry,
                    EnumSet.copyOf(on),
                    new RetryPolicy.Backoff(Duration.ofMillis(1), Duration.ofMillis(5)),
                    new RetryPolicy.Budget(1.0, 1000),
                    methods);
            return this;
        }

        PolicyDraft rules(RoutingRule... all) {
            rules = List.of(all);
            return this;
        }

        PolicyDraft split(Splitting how) {
            splitting = how;
            return this;
        }

        TrafficPolicy done() {
            return new TrafficPolicy(service, timeout, balancing, breaker, retry, rules, splitting);
        }
    }
}
