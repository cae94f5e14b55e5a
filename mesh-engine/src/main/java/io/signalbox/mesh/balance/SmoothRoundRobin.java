package io.signalbox.mesh.balance;

import io.signalbox.mesh.model.Endpoint;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Turns in proportion to weights, spread evenly over time (nginx's smooth weighted round robin): weights of 5, 1 and 1
 * give a a b a c a a.
 *
 * <p>At each pick every candidate earns its weight in credit; the one that has most is picked and pays what all have
 * earned. So credits sum to zero and each gets its exact share, also of lists that differ: who is not a candidate
 * earns nothing, and is not flooded when it comes back.
 *
 * <p>Credits are atomic counters. Picks at the same time may see each other's credits half paid and then take the same
 * candidate; it has paid twice by then, so shares stay exact and only the order suffers.
 */
final class SmoothRoundRobin implements Balancer {

    /** Credit for one of weight: fine enough for ramps. */
    static final long UNIT = 1_000;

    private final ToIntFunction<Endpoint> weights;
    private final Ramp ramp;
    private final PerInstance<AtomicLong> credits = new PerInstance<>(AtomicLong::new);

    SmoothRoundRobin(ToIntFunction<Endpoint> weights, Ramp ramp) {
        this.weights = weights;
        this.ramp = ramp;
    }

    @Override
    public @Nullable Endpoint pick(List<Endpoint> candidates, InFlight inFlight, long key, PickListener listener) {
        int count = candidates.size();
        if (count == 0) {
            return null;
        }
        if (count == 1) {
            listener.picked(PickedFor.ONLY_ONE);
            return candidates.getFirst();
        }
        boolean ramping = !ramp.over();
        Endpoint richest = candidates.getFirst();
        AtomicLong purse = credits.of(richest);
        long earned = income(richest, ramping);
        long most = purse.addAndGet(earned);
        Endpoint second = null;
        long lessThanMost = Long.MIN_VALUE;
        for (int i = 1; i < count; i++) {
            Endpoint candidate = candidates.get(i);
            AtomicLong credit = credits.of(candidate);
            long income = income(candidate, ramping);
            long now = credit.addAndGet(income);
            earned += income;
            if (now > most) {
                second = richest;
                lessThanMost = most;
                richest = candidate;
                purse = credit;
                most = now;
            } else if (now > lessThanMost) {
                second = candidate;
                lessThanMost = now;
            }
        }
        purse.addAndGet(-earned);
        listener.picked(PickedFor.CREDIT, (double) most / UNIT, second, (double) lessThanMost / UNIT);
        return richest;
    }

    @Override
    public void follow(List<Endpoint> endpoints) {
        credits.keep(endpoints);
    }

    int remembered() {
        return credits.size();
    }

    private long income(Endpoint endpoint, boolean ramping) {
        long whole = UNIT * weights.applyAsInt(endpoint);
        return ramping ? Math.max(1, Math.round(whole * ramp.of(endpoint))) : whole;
    }
}
