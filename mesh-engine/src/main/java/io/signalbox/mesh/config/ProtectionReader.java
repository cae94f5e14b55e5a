package io.signalbox.mesh.config;

import io.signalbox.mesh.model.ConcurrencyLimit;
import io.signalbox.mesh.model.OutlierDetection;
import io.signalbox.mesh.model.OutlierDetection.SuccessRateRule;
import io.signalbox.mesh.model.Protection;
import io.signalbox.mesh.model.RateLimit;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** Reads those fields of a policy that keep a service from being overrun. */
final class ProtectionReader {

    private ProtectionReader() {}

    static Protection read(Section policy) {
        return new Protection(
                policy.section("outlierDetection").map(ProtectionReader::outliers),
                policy.section("rateLimit").map(ProtectionReader::rateLimit),
                policy.section("concurrencyLimit").map(ProtectionReader::concurrency),
                policy.section("callerLimit").map(ProtectionReader::rateLimit));
    }

    /** A limit of a whole policy, or of one of its rules. */
    static RateLimit rateLimit(Section section) {
        section.allowing(Set.of("requests", "per", "burst"));
        int requests = section.requiredNumber("requests");
        Duration per = section.duration("per").orElse(RateLimit.DEFAULT_PER);
        int burst = section.number("burst", Math.max(1, requests));
        return section.build(() -> new RateLimit(requests, per, burst));
    }

    private static ConcurrencyLimit concurrency(Section section) {
        section.allowing(Set.of("maxInFlight", "queue", "maxWait", "adaptive"));
        int most = section.requiredNumber("maxInFlight");
        int queue = section.number("queue", 0);
        Duration wait = section.duration("maxWait").orElse(ConcurrencyLimit.DEFAULT_WAIT);
        ConcurrencyLimit still = section.build(() -> new ConcurrencyLimit(most, queue, wait, Optional.empty()));
        return section.section("adaptive")
                .map(bounds -> still.following(adaptive(bounds, most)))
                .orElse(still);
    }

    private static ConcurrencyLimit.Adaptive adaptive(Section section, int most) {
        section.allowing(Set.of("min", "initial", "tolerance"));
        int min = section.number("min", Math.min(most, ConcurrencyLimit.Adaptive.DEFAULT_MIN));
        int initial =
                section.number("initial", Math.max(min, Math.min(most, ConcurrencyLimit.Adaptive.DEFAULT_INITIAL)));
        double tolerance = section.decimal("tolerance", ConcurrencyLimit.Adaptive.DEFAULT_TOLERANCE);
        return section.build(() -> new ConcurrencyLimit.Adaptive(min, initial, tolerance).within(most));
    }

    private static OutlierDetection outliers(Section section) {
        section.allowing(
                Set.of("consecutiveFailures", "successRate", "baseEjection", "maxEjection", "maxEjectedShare"));
        OutlierDetection defaults = OutlierDetection.DEFAULT;
        int failures = section.number("consecutiveFailures", defaults.consecutiveFailures());
        Optional<SuccessRateRule> rate = section.section("successRate").map(ProtectionReader::successRate);
        Duration base = section.duration("baseEjection").orElse(defaults.baseEjection());
        Duration max = section.duration("maxEjection").orElse(longer(base, defaults.maxEjection()));
        double share = section.decimal("maxEjectedShare", defaults.maxEjectedShare());
        return section.build(() -> new OutlierDetection(failures, rate, base, max, share));
    }

    private static SuccessRateRule successRate(Section section) {
        section.allowing(Set.of("interval", "minimumCalls", "minimumEndpoints", "deviations"));
        SuccessRateRule defaults = SuccessRateRule.DEFAULT;
        Duration interval = section.duration("interval").orElse(defaults.interval());
        int calls = section.number("minimumCalls", defaults.minimumCalls());
        int endpoints = section.number("minimumEndpoints", defaults.minimumEndpoints());
        double deviations = section.decimal("deviations", defaults.deviations());
        return section.build(() -> new SuccessRateRule(interval, calls, endpoints, deviations));
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }
}
