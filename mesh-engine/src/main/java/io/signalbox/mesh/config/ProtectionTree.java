package io.signalbox.mesh.config;

import io.signalbox.mesh.model.ConcurrencyLimit;
import io.signalbox.mesh.model.DurationText;
import io.signalbox.mesh.model.OutlierDetection;
import io.signalbox.mesh.model.Protection;
import io.signalbox.mesh.model.RateLimit;
import java.util.LinkedHashMap;
import java.util.Map;

/** What keeps a service from being overrun, as fields of a policy's tree. */
final class ProtectionTree {

    private ProtectionTree() {}

    static void into(Map<String, Object> policy, Protection protection) {
        protection.outliers().ifPresent(outliers -> policy.put("outlierDetection", outliers(outliers)));
        protection.rateLimit().ifPresent(limit -> policy.put("rateLimit", rateLimit(limit)));
        protection.concurrency().ifPresent(limit -> policy.put("concurrencyLimit", concurrency(limit)));
        protection.callerLimit().ifPresent(limit -> policy.put("callerLimit", rateLimit(limit)));
    }

    static Map<String, Object> rateLimit(RateLimit limit) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("requests", limit.requests());
        tree.put("per", DurationText.format(limit.per()));
        tree.put("burst", limit.burst());
        return tree;
    }

    private static Map<String, Object> concurrency(ConcurrencyLimit limit) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("maxInFlight", limit.maxInFlight());
        tree.put("queue", limit.queue());
        tree.put("maxWait", DurationText.format(limit.maxWait()));
        limit.adaptive().ifPresent(bounds -> {
            Map<String, Object> adaptive = new LinkedHashMap<>();
            adaptive.put("min", bounds.min());
            adaptive.put("initial", bounds.initial());
            adaptive.put("tolerance", bounds.tolerance());
            tree.put("adaptive", adaptive);
        });
        return tree;
    }

    private static Map<String, Object> outliers(OutlierDetection outliers) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("consecutiveFailures", outliers.consecutiveFailures());
        outliers.successRate().ifPresent(rule -> {
            Map<String, Object> rate = new LinkedHashMap<>();
            rate.put("interval", DurationText.format(rule.interval()));
            rate.put("minimumCalls", rule.minimumCalls());
            rate.put("minimumEndpoints", rule.minimumEndpoints());
            rate.put("deviations", rule.deviations());
            tree.put("successRate", rate);
        });
        tree.put("baseEjection", DurationText.format(outliers.baseEjection()));
        tree.put("maxEjection", DurationText.format(outliers.maxEjection()));
        tree.put("maxEjectedShare", outliers.maxEjectedShare());
        return tree;
    }
}
