package io.signalbox.mesh.whatif;

import io.signalbox.mesh.explain.HeldHead;
import io.signalbox.mesh.explain.Kept;
import io.signalbox.mesh.explain.KeptRequest;
import io.signalbox.mesh.explain.KnownLots;
import io.signalbox.mesh.explain.Recalled;
import io.signalbox.mesh.explain.RequestLog;
import io.signalbox.mesh.explain.WatchedHead;
import io.signalbox.mesh.model.ServiceConfig;
import io.signalbox.mesh.model.TrafficPolicy;
import io.signalbox.mesh.routing.RouteDecision;
import io.signalbox.mesh.whatif.Change.Kind;
import io.signalbox.mesh.whatif.WhatIf.Reason;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decides recorded requests to one service again, under the policy in force and under another one, and tells what is
 * otherwise. Routing tables and authorizers are those of the data path. Pure; for one thread.
 */
public final class Rerun {

    private final Side before;
    private final Side after;
    private final KnownLots lots = new KnownLots();
    private final Tally tally = new Tally();
    private final Map<Reason, Long> unknown = new EnumMap<>(Reason.class);
    private final List<LimitReplay.Sent> sentBefore = new ArrayList<>();
    private final List<LimitReplay.Sent> sentAfter = new ArrayList<>();
    private final List<Recalled> tried = new ArrayList<>();
    private long evaluated;

    private Rerun(ServiceConfig inForce, ServiceConfig candidate) {
        before = new Side(inForce);
        after = new Side(candidate);
    }

    /**
     * Which requests, and how many there were.
     *
     * @param requests kept of that time, in any order; what is of another service is left out
     * @param from since when troubled ones are held, and of sampled ones those of one trace in {@link RequestLog#ONE_TRACE_IN}
     * @param whole since when all that are to be kept are held; {@code from} or later
     * @param counted how many there were in all; {@code null} when nobody knows
     * @param countedWhole how many of them since {@code whole}
     * @param limit so many are looked at at most, the newest
     */
    public record Sample(
            List<? extends KeptRequest> requests,
            Instant from,
            Instant whole,
            Instant until,
            @Nullable Long counted,
            @Nullable Long countedWhole,
            int limit) {

        public Sample {
            requests = List.copyOf(requests);
        }

        /** One of which all that are to be kept are held. */
        public Sample(
                List<? extends KeptRequest> requests, Instant from, Instant until, @Nullable Long counted, int limit) {
            this(requests, from, from, until, counted, counted, limit);
        }

        /** How many requests this one stands for among those that are kept by sampling, as far as they are held. */
        private int weight(KeptRequest request) {
            return request.kept() == Kept.SAMPLED && request.end().isBefore(whole) ? RequestLog.ONE_TRACE_IN : 1;
        }
    }

    /** @param inForce and {@code candidate} are of the same service, with the endpoints of now */
    public static WhatIf of(ServiceConfig inForce, ServiceConfig candidate, Sample sample) {
        return new Rerun(inForce, candidate).told(sample);
    }

    private WhatIf told(Sample sample) {
        String service = before.config().service();
        Set<String> decided = new HashSet<>();
        sample.requests().forEach(request -> {
            if (!request.arrived()) {
                decided.add(request.spanId());
            }
        });
        List<KeptRequest> all = sample.requests().stream()
                .<KeptRequest>map(request -> request)
                .filter(request -> request.destination().equals(service))
                .filter(request -> !request.arrived() || !decided.contains(String.valueOf(request.parentSpanId())))
                .sorted(Comparator.comparing(KeptRequest::at).reversed())
                .toList();
        List<KeptRequest> newest = all.stream().limit(sample.limit()).toList();
        newest.forEach(request -> add(request, sample));
        boolean cut = all.size() > newest.size();
        Instant from = cut ? newest.getLast().at() : sample.from();
        Population population = population(newest, sample, cut ? null : sample.counted());
        Population whole = population(
                newest.stream()
                        .filter(request -> !request.end().isBefore(sample.whole()))
                        .toList(),
                sample,
                cut ? null : sample.countedWhole());
        replay(whole);
        return new WhatIf(
                service,
                before.config().policyRevision(),
                from,
                sample.until(),
                newest.size(),
                population.troubled(),
                evaluated,
                population.counted(),
                all.size() - newest.size(),
                unknown.entrySet().stream()
                        .map(entry -> new WhatIf.Unknown(entry.getKey(), entry.getValue()))
                        .toList(),
                tally.changes(population, whole),
                NotReplayed.of(before.policy(), after.policy()),
                from.isBefore(sample.whole())
                        ? new WhatIf.Earlier(
                                sample.whole(),
                                newest.stream()
                                        .filter(request -> sample.weight(request) > 1)
                                        .count(),
                                RequestLog.ONE_TRACE_IN)
                        : null);
    }

    private static Population population(List<KeptRequest> requests, Sample sample, @Nullable Long counted) {
        long troubled = requests.stream()
                .filter(request -> request.kept() != Kept.SAMPLED)
                .count();
        int weight = requests.stream().mapToInt(sample::weight).sum();
        return new Population(troubled, requests.size() - troubled, weight - troubled, counted);
    }

    private void add(KeptRequest request, Sample sample) {
        Recalled record = request.recalled(lots);
        if (record == null) {
            unknown.merge(Reason.NOT_TOLD, 1L, Long::sum);
            return;
        }
        Differences differences = new Differences(record, before, after);
        boolean replayed = !request.end().isBefore(sample.whole());
        Reason why = request.arrived() ? arrive(differences) : decide(record, differences, replayed);
        if (why != null || differences.missed()) {
            unknown.merge(why == null ? missing(record) : why, 1L, Long::sum);
            return;
        }
        evaluated++;
        int weight = sample.weight(request);
        differences.effects().forEach((effect, chance) -> tally.add(request, effect, chance, weight));
    }

    private static @Nullable Reason arrive(Differences differences) {
        differences.addArrival();
        return null;
    }

    /**
     * Says why it cannot be said, if so.
     *
     * @param replayed whether it is of the time of which all are held: what is run over gaps would say nothing
     */
    private @Nullable Reason decide(Recalled record, Differences differences, boolean replayed) {
        if (!record.routed()) {
            return Reason.UNDECIDED;
        }
        WatchedHead head = new WatchedHead(record.head());
        List<Ways.Way> ways =
                Ways.of(before.ask(record, head), after.ask(record, head), record.lots(), () -> bounds(head));
        if (head.missed()) {
            return missing(record);
        }
        if (ways == null) {
            return Reason.TOO_MANY_DRAWS;
        }
        ways.forEach(differences::add);
        if (replayed && !differences.missed()) {
            note(record, ways);
        }
        return null;
    }

    /** Why the policy found something missing in the head. */
    private static Reason missing(Recalled record) {
        return record.head().extent() == HeldHead.Extent.CUT ? Reason.HEAD_CUT : Reason.SECRET;
    }

    private NavigableSet<Integer> bounds(WatchedHead head) {
        NavigableSet<Integer> bounds = before.bounds(head);
        bounds.addAll(after.bounds(head));
        return bounds;
    }

    /** Keeps what is to be run again in the order in which it came: by its likeliest way. */
    private void note(Recalled record, List<Ways.Way> ways) {
        Ways.Way likeliest =
                ways.stream().max(Comparator.comparingDouble(Ways.Way::chance)).orElseThrow();
        if (likeliest.before() instanceof RouteDecision.Routed was) {
            sentBefore.add(new LimitReplay.Sent(tried.size(), record, was));
        }
        if (likeliest.after() instanceof RouteDecision.Routed is) {
            sentAfter.add(new LimitReplay.Sent(tried.size(), record, is));
        }
        tried.add(record);
    }

    private void replay(Population population) {
        TrafficPolicy was = before.policy();
        TrafficPolicy is = after.policy();
        if (!LimitReplay.same(was, is)) {
            compare(
                    LimitReplay.refused(was, sentBefore.reversed(), population.share()),
                    LimitReplay.refused(is, sentAfter.reversed(), population.share()),
                    Kind.LIMITED,
                    Kind.NOT_LIMITED);
        }
        if (!was.circuitBreaker().equals(is.circuitBreaker())) {
            compare(
                    CircuitReplay.refused(was.circuitBreaker(), tried),
                    CircuitReplay.refused(is.circuitBreaker(), tried),
                    Kind.CIRCUIT_OPEN,
                    Kind.CIRCUIT_NOT_OPEN);
        }
    }

    private void compare(BitSet was, BitSet is, Kind now, Kind noLonger) {
        for (int place = 0; place < tried.size(); place++) {
            if (was.get(place) != is.get(place)) {
                tally.add(tried.get(place).request(), Effect.of(is.get(place) ? now : noLonger), 1, 1);
            }
        }
    }
}
