package io.signalbox.mesh.runtime;

import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;

/** Chance for many threads at once, each drawing from a generator of its own. Not for secrets. */
final class SharedRandom implements RandomGenerator {

    @Override
    public long nextLong() {
        return ThreadLocalRandom.current().nextLong();
    }
}
