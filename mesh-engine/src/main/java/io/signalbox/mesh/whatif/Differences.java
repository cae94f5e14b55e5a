package io.signalbox.mesh.whatif;

import io.signalbox.mesh.explain.Recalled;
import io.signalbox.mesh.explain.WatchedHead;
import io.signalbox.mesh.model.DurationText;
import io.signalbox.mesh.model.Fault;
import io.signalbox.mesh.model.RetryPolicy;
import io.signalbox.mesh.routing.Edits;
import io.signalbox.mesh.routing.RouteDecision;
import io.signalbox.mesh.routing.RouteSource;
import io.signalbox.mesh.whatif.Change.Kind;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is otherwise about one request, each with its chance, 0..1. For one request. */
final class Differences {

    private static final String ANY_VERSION = "any version";

    private final Recalled record;
    private final Side before;
    private final Side after;
    private final Map<Effect, Double> effects = new LinkedHashMap<>();
    private boolean missed;

    Differences(Recalled record, Side before, Side after) {
        this.record = record;
        this.before = before;
        this.after = after;
    }

    /** Whether somebody looked at a field that was not kept. */
    boolean missed() {
        return missed;
    }

    Map<Effect, Double> effects() {
        return effects;
    }

    /** A request that its caller's sidecar decided. */
    void add(Ways.Way way) {
        if (way.before() instanceof RouteDecision.Routed was && way.after() instanceof RouteDecision.Routed is) {
            versions(was, is, way.chance());
            terms(was, is, way.chance());
        } else if (!isSameAnswer(way.before(), way.after())) {
            add(new Effect(Kind.ANSWER, label(way.before()), label(way.after())), way.chance());
        }
        access(denial(before, way.before()), denial(after, way.after()), way.chance());
        experiments(way);
    }

    /** One that was refused where it arrived, and of which nothing else is known. */
    void addArrival() {
        WatchedHead head = new WatchedHead(record.head());
        RouteSource caller = Arrival.proven(record);
        access(before.denial(head, caller), after.denial(head, caller), 1);
        missed |= head.missed();
    }

    private static boolean isSameAnswer(RouteDecision one, RouteDecision other) {
        return one instanceof RouteDecision.AnsweredHere was
                && other instanceof RouteDecision.AnsweredHere is
                && was.status() == is.status()
                && was.headers().equals(is.headers())
                && was.body().equals(is.body());
    }

    private void versions(RouteDecision.Routed was, RouteDecision.Routed is, double chance) {
        if (is.endpoints().isEmpty() && !was.endpoints().isEmpty()) {
            add(new Effect(Kind.NO_ENDPOINTS, got(was), label(is)), chance);
        } else if (is.version() == null ? was.version() != null : !is.version().equals(got(was))) {
            add(new Effect(Kind.VERSION, got(was), label(is)), chance);
        }
    }

    /** Where any version would do, the one that the request got. */
    private String got(RouteDecision.Routed routed) {
        if (routed.version() == null && !record.attempts().isEmpty()) {
            return record.attempts().getLast().version();
        }
        return label(routed);
    }

    private void terms(RouteDecision.Routed was, RouteDecision.Routed is, double chance) {
        if (!was.timeout().equals(is.timeout())) {
            add(
                    new Effect(Kind.TIMEOUT, DurationText.format(was.timeout()), DurationText.format(is.timeout())),
                    chance);
            long took = untilHead();
            if (took >= is.timeout().toNanos() && took < was.timeout().toNanos()) {
                add(Effect.to(Kind.TIMED_OUT, DurationText.format(is.timeout())), chance);
            }
        }
        if (!was.retry().equals(is.retry())) {
            add(new Effect(Kind.RETRY, attempts(was.retry()), attempts(is.retry())), chance);
        }
        if (!same(was.edits(), is.edits())) {
            add(Effect.of(Kind.EDITS), chance);
        }
    }

    private static String attempts(RetryPolicy retry) {
        return retry.maxAttempts() <= 1 ? "no retries" : "at most " + retry.maxAttempts() + " attempts";
    }

    private boolean same(Edits was, Edits is) {
        return was.request().equals(is.request())
                && was.response().equals(is.response())
                && place(was).equals(place(is));
    }

    private String place(Edits edits) {
        return edits.place() == null
                ? record.head().target()
                : edits.place().target(record.head().path(), record.head().query())
                        + ' '
                        + edits.place().host();
    }

    private long untilHead() {
        return record.attempts().isEmpty()
                ? record.durationNanos()
                : record.attempts().getLast().startNanos()
                        + record.attempts().getLast().durationNanos();
    }

    private @Nullable String denial(Side side, RouteDecision decision) {
        if (!(decision instanceof RouteDecision.Routed routed)
                || routed.endpoints().isEmpty()) {
            return null;
        }
        WatchedHead head = new WatchedHead(Arrival.head(record.head(), routed.edits()));
        String denial = side.denial(head, Arrival.proven(record, routed));
        missed |= head.missed();
        return denial;
    }

    private void access(@Nullable String was, @Nullable String is, double chance) {
        if (is != null && was == null) {
            add(Effect.to(Kind.DENIED, is), chance);
        } else if (is == null && was != null) {
            add(new Effect(Kind.ADMITTED, was, ""), chance);
        }
    }

    private void experiments(Ways.Way way) {
        boolean mirrors = !before.mirrorsTo().isEmpty() || !after.mirrorsTo().isEmpty();
        if (!mirrors && !before.hasFaults() && !after.hasFaults()) {
            return;
        }
        WatchedHead head = new WatchedHead(record.head());
        double copiedBefore = isSent(way.before()) ? before.mirrored(head, record.caller()) / 100 : 0;
        double copiedAfter = isSent(way.after()) ? after.mirrored(head, record.caller()) / 100 : 0;
        boolean sameMirror = before.mirrorsTo().equals(after.mirrorsTo());
        double still = sameMirror ? Math.min(copiedBefore, copiedAfter) : 0;
        add(Effect.to(Kind.MIRRORED, after.mirrorsTo()), way.chance() * (copiedAfter - still));
        add(new Effect(Kind.NOT_MIRRORED, before.mirrorsTo(), ""), way.chance() * (copiedBefore - still));
        missed |= head.missed();
        Map<String, Double> was = faults(before, way.before());
        Map<String, Double> is = faults(after, way.after());
        is.forEach((name, share) ->
                add(Effect.to(Kind.FAULT, name), way.chance() * Math.max(0, share - was.getOrDefault(name, 0.0))));
        was.forEach((name, share) -> add(
                new Effect(Kind.NO_FAULT, name, ""), way.chance() * Math.max(0, share - is.getOrDefault(name, 0.0))));
    }

    /** Faults that may befall it, by name, with their shares, 0..1. */
    private Map<String, Double> faults(Side side, RouteDecision decision) {
        Map<String, Double> shares = new HashMap<>();
        if (side.hasFaults() && decision instanceof RouteDecision.Routed routed && isSent(decision)) {
            WatchedHead sent = new WatchedHead(record.head());
            WatchedHead arrived = new WatchedHead(Arrival.head(record.head(), routed.edits()));
            collect(side.faults(Fault.Side.CLIENT, sent, record.caller()), routed, shares);
            collect(side.faults(Fault.Side.SERVER, arrived, Arrival.proven(record, routed)), routed, shares);
            missed |= sent.missed() || arrived.missed();
        }
        return shares;
    }

    /** Where any version would do, a fault of one befalls as much as that has of the endpoints. */
    private static void collect(List<Fault> faults, RouteDecision.Routed routed, Map<String, Double> shares) {
        for (Fault fault : faults) {
            long concerned = routed.endpoints().stream()
                    .filter(endpoint -> fault.concerns(endpoint.version()))
                    .count();
            shares.put(
                    fault.name(),
                    fault.share() / Fault.ALL * concerned / routed.endpoints().size());
        }
    }

    private static boolean isSent(RouteDecision decision) {
        return decision instanceof RouteDecision.Routed routed
                && !routed.endpoints().isEmpty();
    }

    private void add(Effect effect, double chance) {
        if (chance > 0) {
            effects.merge(effect, chance, Double::sum);
        }
    }

    private static String label(RouteDecision decision) {
        return switch (decision) {
            case RouteDecision.Routed routed -> routed.version() == null ? ANY_VERSION : routed.version();
            case RouteDecision.AnsweredHere answered ->
                "answer " + answered.status() + " by rule " + (answered.reason().index() + 1);
            case RouteDecision.UnknownService _ -> "no service";
        };
    }
}
