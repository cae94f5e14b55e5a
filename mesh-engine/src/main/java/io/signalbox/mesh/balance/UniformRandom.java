package io.signalbox.mesh.balance;

import io.signalbox.mesh.model.Endpoint;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Every candidate with the same chance, whatever was picked before; in proportion to the ramp while there is one. */
final class UniformRandom implements Balancer {

    private final RandomGenerator random;
    private final Ramp ramp;

    UniformRandom(RandomGenerator random, Ramp ramp) {
        this.random = random;
        this.ramp = ramp;
    }

    @Override
    public @Nullable Endpoint pick(List<Endpoint> candidates, InFlight inFlight, long key, PickListener listener) {
        int count = candidates.size();
        if (count > 0) {
            listener.picked(count == 1 ? PickedFor.ONLY_ONE : PickedFor.CHANCE);
        }
        return switch (count) {
            case 0 -> null;
            case 1 -> candidates.getFirst();
            default -> ramp.over() ? candidates.get(random.nextInt(candidates.size())) : byShare(candidates);
        };
    }

    private Endpoint byShare(List<Endpoint> candidates) {
        double total = 0;
        for (int i = 0; i < candidates.size(); i++) {
            total += ramp.of(candidates.get(i));
        }
        double left = random.nextDouble() * total;
        for (int i = 0; i < candidates.size(); i++) {
            left -= ramp.of(candidates.get(i));
            if (left < 0) {
                return candidates.get(i);
            }
        }
        return candidates.getLast();
    }
}
