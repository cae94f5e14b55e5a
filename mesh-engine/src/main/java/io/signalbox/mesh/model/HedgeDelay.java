package io.signalbox.mesh.model;

import java.math.BigDecimal;
import java.time.Duration;

/** How long an attempt may take before another one is sent beside it. */
public sealed interface HedgeDelay {

    HedgeDelay DEFAULT = new Quantile(95);

    /** Always so long. */
    record Fixed(Duration delay) implements HedgeDelay {

        public Fixed {
            InvalidValueException.unless(delay.isPositive(), "retry.hedge.after", delay, "more than zero");
        }
    }

    /**
     * As long as that many of a hundred answers of the service take, as one sidecar learns from its own calls.
     *
     * @param percent 50..99.9
     */
    record Quantile(double percent) implements HedgeDelay {

        public Quantile {
            InvalidValueException.unless(
                    percent >= 50 && percent <= 99.9, "retry.hedge.after", text(percent), "p50..p99.9");
        }

        /** Such as {@code p95} or {@code p99.9}. */
        public String wireName() {
            return text(percent);
        }

        private static String text(double percent) {
            return "p" + BigDecimal.valueOf(percent).stripTrailingZeros().toPlainString();
        }
    }
}
