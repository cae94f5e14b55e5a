package io.signalbox.mesh.config;

import io.signalbox.mesh.model.DurationText;
import io.signalbox.mesh.model.HedgeDelay;
import io.signalbox.mesh.model.RetryCondition;
import io.signalbox.mesh.model.RetryPolicy;
import io.signalbox.mesh.model.Splitting;
import io.signalbox.mesh.model.Stickiness;
import io.signalbox.mesh.model.TrafficPolicy;
import io.signalbox.mesh.model.Weight;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A policy as nested maps, lists and scalars in the order in which a person reads it. */
final class PolicyTree {

    private PolicyTree() {}

    static Map<String, Object> of(TrafficPolicy policy) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("apiVersion", PolicyFormat.API_VERSION);
        tree.put("kind", PolicyFormat.KIND);
        tree.put("service", policy.service());
        if (policy.service().equals(TrafficPolicy.WHOLE_MESH)) {
            AuthorizationTree.into(tree, policy.authorization());
            return tree;
        }
        tree.put("timeout", DurationText.format(policy.timeout()));
        tree.put("loadBalancing", BalancingTree.of(policy.balancing()));
        tree.put("circuitBreaker", BreakerTree.of(policy.circuitBreaker()));
        ProtectionTree.into(tree, policy.protection());
        if (!policy.retry().equals(RetryPolicy.OFF)) {
            tree.put("retry", retry(policy.retry()));
        }
        if (!policy.rules().isEmpty()) {
            tree.put("rules", policy.rules().stream().map(RuleTree::of).toList());
        }
        switch (policy.splitting()) {
            case Splitting.Unsplit() -> {}
            case Splitting.Weighted(Map<String, Weight> weights) -> tree.put("split", weights(weights));
            case Splitting.Canary canary -> tree.put("canary", CanaryTree.of(canary));
            case Splitting.AbTest test -> tree.put("abTest", abTest(test));
        }
        policy.stickiness().ifPresent(sticky -> tree.put("stickiness", stickiness(sticky)));
        if (!policy.experiments().faults().isEmpty()) {
            tree.put(
                    "faults",
                    policy.experiments().faults().stream().map(FaultTree::of).toList());
        }
        policy.experiments().mirror().ifPresent(mirror -> tree.put("mirror", MirrorTree.of(mirror)));
        AuthorizationTree.into(tree, policy.authorization());
        return tree;
    }

    static Map<String, Object> retry(RetryPolicy retry) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("maxAttempts", retry.maxAttempts());
        retry.perTryTimeout().ifPresent(limit -> tree.put("perTryTimeout", DurationText.format(limit)));
        tree.put("retryOn", retryOn(retry));
        Map<String, Object> backoff = new LinkedHashMap<>();
        backoff.put("base", DurationText.format(retry.backoff().base()));
        backoff.put("max", DurationText.format(retry.backoff().max()));
        if (!retry.backoff().maxRetryAfter().equals(RetryPolicy.Backoff.DEFAULT_MAX_RETRY_AFTER)) {
            backoff.put("maxRetryAfter", DurationText.format(retry.backoff().maxRetryAfter()));
        }
        tree.put("backoff", backoff);
        Map<String, Object> budget = new LinkedHashMap<>();
        budget.put("ratio", retry.budget().ratio());
        budget.put("minPerSecond", retry.budget().minPerSecond());
        tree.put("budget", budget);
        tree.put(
                "methods",
                switch (retry.methods()) {
                    case IDEMPOTENT -> "idempotent";
                    case ANY -> "any";
                });
        retry.hedge().ifPresent(hedge -> tree.put("hedge", hedge(hedge)));
        return tree;
    }

    private static Map<String, Object> hedge(RetryPolicy.Hedge hedge) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put(
                "after",
                switch (hedge.after()) {
                    case HedgeDelay.Fixed(Duration delay) -> DurationText.format(delay);
                    case HedgeDelay.Quantile quantile -> quantile.wireName();
                });
        tree.put("maxExtra", hedge.maxExtra());
        return tree;
    }

    private static List<Object> retryOn(RetryPolicy retry) {
        List<Object> tree = new ArrayList<>();
        retry.retryOn().stream().sorted().map(RetryCondition::wireName).forEach(tree::add);
        retry.statuses().stream().sorted().forEach(tree::add);
        return tree;
    }

    static Map<String, Integer> weights(Map<String, Weight> weights) {
        Map<String, Integer> tree = new LinkedHashMap<>();
        weights.forEach((version, weight) -> tree.put(version, weight.percent()));
        return tree;
    }

    private static Map<String, Object> abTest(Splitting.AbTest test) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("versionA", test.versionA());
        tree.put("versionB", test.versionB());
        if (!test.splitKey().isEmpty()) {
            tree.put("splitKey", test.splitKey());
        }
        tree.put("weightA", test.weightA().percent());
        tree.put("weightB", test.weightB().percent());
        test.winner().ifPresent(winner -> tree.put("winner", AbWinnerReader.tree(winner)));
        return tree;
    }

    private static Map<String, Object> stickiness(Stickiness sticky) {
        Map<String, Object> tree = new LinkedHashMap<>();
        switch (sticky) {
            case Stickiness.ByHeader(String name) -> tree.put("header", name);
            case Stickiness.ByCookie cookie -> {
                tree.put("cookie", cookie.name());
                tree.put("path", cookie.path());
                cookie.ttl().ifPresent(ttl -> tree.put("ttl", DurationText.format(ttl)));
            }
        }
        return tree;
    }
}
