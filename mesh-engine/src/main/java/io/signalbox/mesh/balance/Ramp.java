package io.signalbox.mesh.balance;

import io.signalbox.mesh.model.Endpoint;

/** How much of its share an endpoint gets, from a little to all of it. */
interface Ramp {

    /** Everyone gets all of it. */
    Ramp NONE = new Ramp() {
        @Override
        public boolean over() {
            return true;
        }

        @Override
        public double of(Endpoint endpoint) {
            return 1;
        }
    };

    /** Whether everyone gets all of it now. */
    boolean over();

    /** More than 0, up to 1. */
    double of(Endpoint endpoint);
}
