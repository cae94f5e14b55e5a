package io.signalbox.mesh.config;

import io.signalbox.mesh.model.OutlierDetection;
import io.signalbox.mesh.model.Protection;
import java.util.LinkedHashMap;
import java.util.Map;

/** What keeps a service from being overrun, as fields of a policy's tree. */
final class ProtectionTree {

    private ProtectionTree() {}

    static void into(Map<String, Object> policy, Protection protection) {
        protection.outliers().ifPresent(outliers -> policy.put("outlierDetection", outliers(outliers)));
        protection.rateLimit().ifPresent(limit -> {
            Map<String, Object> rate = new LinkedHashMap<>();
            rate.put("requests", limit.requests());
            rate.put("per", DurationText.format(limit.per()));
            rate.put("burst", limit.burst());
            policy.put("rateLimit", rate);
        });
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
