package io.signalbox.mesh.balance;

import io.signalbox.mesh.model.Endpoint;
import io.signalbox.mesh.time.Nanos;
import java.time.Duration;

/** A ramp in proportion to the time since an endpoint joined; never less than {@value #LEAST}, as in Envoy. */
final class SlowStart implements Ramp {

    static final double LEAST = 0.1;

    private final Arrivals arrivals;
    private final long window;

    SlowStart(Arrivals arrivals, Duration window) {
        this.arrivals = arrivals;
        this.window = Nanos.of(window);
    }

    @Override
    public boolean over() {
        return !arrivals.within(window);
    }

    @Override
    public double of(Endpoint endpoint) {
        long age = arrivals.ageNanos(endpoint);
        return age >= window ? 1 : Math.max(LEAST, age / (double) window);
    }
}
