package io.signalbox.mesh.whatif;

import io.signalbox.mesh.explain.Recalled;
import io.signalbox.mesh.model.Fault;
import io.signalbox.mesh.model.MeshConfig;
import io.signalbox.mesh.model.Mirror;
import io.signalbox.mesh.model.RequestHead;
import io.signalbox.mesh.model.ServiceConfig;
import io.signalbox.mesh.model.Stickiness;
import io.signalbox.mesh.model.TrafficPolicy;
import io.signalbox.mesh.routing.AccessVerdict;
import io.signalbox.mesh.routing.Authorizer;
import io.signalbox.mesh.routing.FaultSelector;
import io.signalbox.mesh.routing.LotBounds;
import io.signalbox.mesh.routing.RequestMatch;
import io.signalbox.mesh.routing.RouteDecision;
import io.signalbox.mesh.routing.RouteSource;
import io.signalbox.mesh.routing.RouteTable;
import io.signalbox.mesh.routing.StableKeys;
import io.signalbox.mesh.routing.StickyKey;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** One of the two policies that are compared, compiled as sidecars compile it. For one thread. */
final class Side {

    private static final long NO_REVISION = 0;

    private final ServiceConfig config;
    private final Map<RouteSource, RouteTable> tables = new HashMap<>();
    private final List<RequestMatch> rules;
    private final @Nullable Authorizer authorizer;
    private final Map<Fault.Side, FaultSelector> faults = new EnumMap<>(Fault.Side.class);
    private final Optional<Mirror> mirror;
    private final @Nullable RequestMatch mirrored;

    Side(ServiceConfig config) {
        this.config = config;
        rules = config.policy().rules().stream()
                .map(rule -> RequestMatch.of(rule.match()))
                .toList();
        authorizer = Authorizer.of(config.policy().authorization());
        for (Fault.Side side : Fault.Side.values()) {
            FaultSelector selector = FaultSelector.of(config.policy(), side);
            if (selector != null) {
                faults.put(side, selector);
            }
        }
        mirror = config.policy().experiments().mirror();
        mirrored = mirror.map(Mirror::match).map(RequestMatch::of).orElse(null);
    }

    ServiceConfig config() {
        return config;
    }

    TrafficPolicy policy() {
        return config.policy();
    }

    /** Where lots that are drawn for that request begin to decide otherwise. */
    NavigableSet<Integer> bounds(RequestHead head) {
        return LotBounds.of(config, place -> rules.get(place).holds(head));
    }

    /** Whether a caller without a stable key is given one, drawn before everything else. */
    static boolean mayBeGiven(TrafficPolicy policy) {
        return policy.stickiness().filter(Stickiness.ByCookie.class::isInstance).isPresent();
    }

    /** The request as this policy finds it. */
    Asked ask(Recalled record, RequestHead head) {
        RouteTable table = tables.computeIfAbsent(
                record.caller(),
                caller -> RouteTable.of(new MeshConfig(NO_REVISION, Map.of(config.service(), config)), caller));
        if (policy().stickiness().isEmpty()) {
            return new Asked(table, config.service(), head, StableKeys.NONE, Chance.DRAWN);
        }
        StableKeys keys = keys(table, record, head);
        StickyKey key = table.stickyKey(config.service(), record.head(), keys, null);
        if (key == null || key.origin() != StickyKey.Origin.NONE) {
            return new Asked(table, config.service(), head, keys, Chance.BY_KEY);
        }
        return new Asked(
                table, config.service(), head, keys, mayBeGiven(policy()) ? Chance.BY_A_NEW_KEY : Chance.DRAWN);
    }

    /** Those of the time, which were read from the whole head, before what is kept of it is read again. */
    private StableKeys keys(RouteTable table, Recalled record, RequestHead head) {
        StableKeys then = record.keys();
        StickyKey known = table.stickyKey(config.service(), record.head(), then, null);
        return known != null && known.origin() != StickyKey.Origin.NONE ? then : table.keys(head, then);
    }

    /** How this policy decides where draws come in. */
    enum Chance {
        /** By a stable key that is known: nothing is left to chance. */
        BY_KEY,
        /** By lots. */
        DRAWN,
        /** By a key that would have been drawn, whose lots say nothing. */
        BY_A_NEW_KEY
    }

    /** A request before one policy. */
    record Asked(RouteTable table, String service, RequestHead head, StableKeys keys, Chance chance) {

        RouteDecision decide(RandomGenerator draws) {
            return chance == Chance.BY_KEY
                    ? table.decide(service, head, keys, draws)
                    : table.decideByChance(service, head, draws);
        }
    }

    /**
     * The rule that refuses the request where it arrives; {@code null} when none does.
     *
     * @param caller as it proves to be
     */
    @Nullable
    String denial(RequestHead arrived, RouteSource caller) {
        Authorizer by = authorizer;
        if (by == null || !by.enforces()) {
            return null;
        }
        AccessVerdict verdict = by.decide(arrived, caller);
        if (!verdict.denied()) {
            return null;
        }
        return verdict.rule() == null ? "the default" : "rule " + verdict.rule();
    }

    /** The share of such requests that is copied, 0..100. */
    double mirrored(RequestHead head, RouteSource caller) {
        RequestMatch conditions = mirrored;
        return mirror.filter(to -> to.methods().contains(head.method())
                        && conditions != null
                        && caller.meets(to.match())
                        && conditions.holds(head))
                .map(Mirror::share)
                .orElse(0.0);
    }

    /** Where copies go; empty without a mirror. */
    String mirrorsTo() {
        return mirror.map(Mirror::to).orElse("");
    }

    boolean hasFaults() {
        return !faults.isEmpty();
    }

    /** The faults that may befall it on that side. */
    List<Fault> faults(Fault.Side side, RequestHead head, RouteSource caller) {
        FaultSelector selector = faults.get(side);
        return selector == null ? List.of() : selector.matching(head, caller);
    }
}
