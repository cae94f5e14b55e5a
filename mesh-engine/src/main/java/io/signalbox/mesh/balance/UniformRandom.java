package io.signalbox.mesh.balance;

import io.signalbox.mesh.model.Endpoint;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Every candidate with the same chance, whatever was picked before. */
final class UniformRandom implements Balancer {

    private final RandomGenerator random;

    UniformRandom(RandomGenerator random) {
        this.random = random;
    }

    @Override
    public @Nullable Endpoint pick(List<Endpoint> candidates, InFlight inFlight) {
        return switch (candidates.size()) {
            case 0 -> null;
            case 1 -> candidates.getFirst();
            default -> candidates.get(random.nextInt(candidates.size()));
        };
    }
}
