package io.signalbox.mesh.controlplane;

import io.signalbox.mesh.config.PolicyFormat;
import io.signalbox.mesh.explain.Kept;
import io.signalbox.mesh.explain.KeptRequest;
import io.signalbox.mesh.explain.RequestLog;
import io.signalbox.mesh.model.Authorization;
import io.signalbox.mesh.model.InvalidValueException;
import io.signalbox.mesh.model.ServiceConfig;
import io.signalbox.mesh.model.TrafficPolicy;
import io.signalbox.mesh.model.UnknownNameException;
import io.signalbox.mesh.model.Weight;
import io.signalbox.mesh.whatif.Question;
import io.signalbox.mesh.whatif.Rerun;
import io.signalbox.mesh.whatif.WhatIf;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Answers what policies that are not in force would have made of the requests that are kept. Nothing is changed. It
 * computes on the thread that asks, which must not be one that others wait for. Safe from any thread.
 */
public final class WhatIfControl {

    private final PolicyControl policies;
    private final Membership members;
    private final Delivery delivery;
    private final Figures figures;
    private final List<RequestLog<?>> logs;
    private final InstantSource clock;

    WhatIfControl(
            PolicyControl policies,
            Membership members,
            Delivery delivery,
            Figures figures,
            List<RequestLog<?>> logs,
            InstantSource clock) {
        this.policies = policies;
        this.members = members;
        this.delivery = delivery;
        this.figures = figures;
        this.logs = List.copyOf(logs);
        this.clock = clock;
    }

    /**
     * One answer for each service that is asked about, in order.
     *
     * @throws UnknownNameException when a service is asked about of which nothing is known
     */
    public List<WhatIf> answer(Question question) {
        Map<String, Candidate> candidates =
                question.weights().isEmpty() ? written(question) : Map.of(service(question), weighted(question));
        return ask(question, candidates);
    }

    /** What sidecars would follow; {@code weight} is a canary's. */
    private record Candidate(TrafficPolicy policy, Optional<Weight> weight) {

        static Candidate of(AskedPolicy asked, Authorization open) {
            TrafficPolicy followed = asked.followed();
            return new Candidate(
                    followed.withAuthorization(followed.authorization().under(open)), asked.candidateWeight());
        }
    }

    private static String service(Question question) {
        return String.valueOf(question.service());
    }

    private Candidate weighted(Question question) {
        String service = service(question);
        PolicyRevision now = policies.current(service);
        SplitWeights after = PolicyControl.weights(now).with(question.weights(), members.versions(service));
        return Candidate.of(
                new AskedPolicy(now.policy().withSplitting(after.splitting()), after.candidateWeight()),
                policies.ofTheMesh());
    }

    /** By service; the policy of the whole mesh is one of every service that leaves open who may call. */
    private Map<String, Candidate> written(Question question) {
        Map<String, TrafficPolicy> documents = new TreeMap<>();
        for (TrafficPolicy policy : PolicyFormat.readAll(question.policies())) {
            InvalidValueException.unless(
                    documents.put(policy.service(), policy) == null,
                    "service",
                    policy.service() + " twice",
                    "each service once");
        }
        TrafficPolicy ofMesh = documents.remove(TrafficPolicy.WHOLE_MESH);
        Authorization open = ofMesh == null ? policies.ofTheMesh() : ofMesh.authorization();
        if (ofMesh != null) {
            delivery.config()
                    .services()
                    .keySet()
                    .forEach(service -> documents.computeIfAbsent(
                            service, name -> policies.currentOrDefault(name).policy()));
        }
        String only = question.service();
        if (only != null && !documents.containsKey(only)) {
            throw new UnknownNameException("policy of service", only, documents.keySet());
        }
        Map<String, Candidate> candidates = new TreeMap<>();
        documents.forEach((service, policy) -> {
            if (only == null || only.equals(service)) {
                candidates.put(
                        service, Candidate.of(AskedPolicy.after(policies.currentOrDefault(service), policy), open));
            }
        });
        return candidates;
    }

    private List<WhatIf> ask(Question question, Map<String, Candidate> candidates) {
        Map<String, ServiceConfig> known = delivery.known();
        Instant now = clock.instant();
        Instant asked = now.minus(question.last());
        Instant from = since(asked, RequestLog::thinnedSince);
        Instant whole = since(from, RequestLog::wholeSince);
        List<KeptRequest> kept = logs.stream()
                .<KeptRequest>flatMap(log -> log.since(from).stream())
                .filter(request -> request.kept() != Kept.SAMPLED
                        || !request.end().isBefore(whole)
                        || RequestLog.isHeldLonger(request))
                .toList();
        return candidates.entrySet().stream()
                .map(candidate -> {
                    String service = candidate.getKey();
                    ServiceConfig inForce = inForce(service, known);
                    ServiceConfig other = new ServiceConfig(
                            candidate.getValue().policy(),
                            candidate.getValue().weight(),
                            inForce.endpoints(),
                            inForce.unhealthy(),
                            inForce.policyRevision());
                    return Rerun.of(
                            inForce,
                            other,
                            new Rerun.Sample(
                                    kept,
                                    from,
                                    whole,
                                    now,
                                    counted(service, from, now),
                                    counted(service, whole, now),
                                    question.limit()));
                })
                .toList();
    }

    /** The latest of what the logs say, but not before that time. */
    private Instant since(Instant earliest, Function<RequestLog<?>, Optional<Instant>> held) {
        return logs.stream()
                .flatMap(log -> held.apply(log).stream())
                .max(Comparator.naturalOrder())
                .filter(latest -> latest.isAfter(earliest))
                .orElse(earliest);
    }

    private static ServiceConfig inForce(String service, Map<String, ServiceConfig> known) {
        ServiceConfig inForce = known.get(service);
        if (inForce == null) {
            throw new UnknownNameException("service", service, new TreeSet<>(known.keySet()));
        }
        return inForce;
    }

    /** Nobody counted before this control plane began. */
    private @Nullable Long counted(String service, Instant from, Instant now) {
        long counted = figures.requests(service, Duration.between(from, now));
        return counted == 0 ? null : (Long) counted;
    }
}
