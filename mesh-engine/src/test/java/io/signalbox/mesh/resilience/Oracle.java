package io.signalbox.mesh.resilience;

import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.signalbox.mesh.model.BreakerState;
import io.signalbox.mesh.time.ManualTime;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** Resilience4j in this mesh's words, and on its manual time. */
final class Oracle {

    private Oracle() {}

    static BreakerState ourNameOf(State state) {
        return switch (state) {
            case CLOSED -> BreakerState.CLOSED;
            case OPEN -> BreakerState.OPEN;
            case HALF_OPEN -> BreakerState.HALF_OPEN;
            case FORCED_OPEN -> BreakerState.FORCED_OPEN;
            case DISABLED, METRICS_ONLY -> BreakerState.DISABLED;
        };
    }

    static Clock clock(ManualTime time) {
        return new ManualClock(time);
    }

    private static final class ManualClock extends Clock {
        private final ManualTime time;

        ManualClock(ManualTime time) {
            this.time = time;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return time.instant();
        }
    }
}
