package io.signalbox.mesh.balance;

import io.signalbox.mesh.hash.StableHash;
import io.signalbox.mesh.model.Endpoint;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToIntFunction;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Requests of one key go to one endpoint: the table's owner of the key.
 *
 * <p>Where the owner is no candidate (of another version, refused by its circuit, tried before) the key goes to the
 * candidate that draws best for it (rendezvous hashing, Thaler and Ravishankar 1996). So the keys of an endpoint that
 * fails spread over all others, nobody else's key moves, and all come back with it. A request without a key goes
 * anywhere.
 */
final class Hashing implements Balancer {

    private static final long RENDEZVOUS = 0x7a11L;

    private final ToIntFunction<Endpoint> weights;
    private final KeyTable.Form form;
    private final RandomGenerator random;
    private volatile Table table = new Table(List.of(), _ -> null);

    Hashing(ToIntFunction<Endpoint> weights, KeyTable.Form form, RandomGenerator random) {
        this.weights = weights;
        this.form = form;
        this.random = random;
    }

    /** @param members in the order of their names, with the weights that the table was made of */
    private record Table(List<Member> members, KeyTable keys) {}

    private record Member(String instance, int weight) {}

    @Override
    public void follow(List<Endpoint> endpoints) {
        List<Endpoint> sorted = endpoints.stream()
                .sorted(Comparator.comparing(Endpoint::instanceId))
                .limit(KeyTable.MOST)
                .toList();
        List<Member> members = sorted.stream()
                .map(endpoint -> new Member(endpoint.instanceId(), weights.applyAsInt(endpoint)))
                .toList();
        if (!members.equals(table.members)) {
            table = new Table(members, form.of(sorted, weights));
        }
    }

    @Override
    public @Nullable Endpoint pick(List<Endpoint> candidates, InFlight inFlight, long key, PickListener listener) {
        if (candidates.isEmpty()) {
            return null;
        }
        if (candidates.size() == 1) {
            listener.picked(PickedFor.ONLY_ONE);
            return candidates.getFirst();
        }
        if (key == RequestKey.NONE) {
            listener.picked(PickedFor.CHANCE);
            return best(candidates, random.nextLong(), PickListener.NONE);
        }
        String owner = table.keys.owner(key);
        for (int i = 0; i < candidates.size() && owner != null; i++) {
            if (candidates.get(i).instanceId().equals(owner)) {
                listener.picked(PickedFor.KEY_OWNER);
                return candidates.get(i);
            }
        }
        return best(candidates, key, listener);
    }

    private Endpoint best(List<Endpoint> candidates, long key, PickListener listener) {
        Endpoint best = candidates.getFirst();
        double highest = draw(best, key);
        Endpoint second = null;
        double lessThanHighest = Double.NEGATIVE_INFINITY;
        for (int i = 1; i < candidates.size(); i++) {
            Endpoint candidate = candidates.get(i);
            double draw = draw(candidate, key);
            if (draw > highest) {
                second = best;
                lessThanHighest = highest;
                best = candidate;
                highest = draw;
            } else if (draw > lessThanHighest) {
                second = candidate;
                lessThanHighest = draw;
            }
        }
        listener.picked(PickedFor.KEY_DRAW, highest, second, lessThanHighest);
        return best;
    }

    /** In the long run the highest of all as often as the weight's share says (Schindelhauer and Schomaker 2005). */
    private double draw(Endpoint endpoint, long key) {
        double unit = StableHash.unit(StableHash.mix(key ^ StableHash.of(RENDEZVOUS, endpoint.instanceId())));
        return -weights.applyAsInt(endpoint) / Math.log(unit);
    }
}
