package io.signalbox.mesh.config;

import io.signalbox.mesh.model.CanaryCriteria;
import io.signalbox.mesh.model.CanaryStep;
import io.signalbox.mesh.model.CanaryWebhook;
import io.signalbox.mesh.model.DurationText;
import io.signalbox.mesh.model.Splitting;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;

/** A canary as nested maps, in the order in which a person reads it. */
final class CanaryTree {

    private static final int TO_PERCENT = 2;

    private CanaryTree() {}

    static Map<String, Object> of(Splitting.Canary canary) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("stable", canary.stable());
        tree.put("candidate", canary.candidate());
        if (!canary.terms().stages().isEmpty()) {
            tree.put(
                    "stages",
                    canary.terms().stages().stream().map(StageTree::of).toList());
        }
        if (canary.isAtOnce()) {
            tree.put("incrementDelay", DurationText.format(canary.incrementDelay()));
            tree.put(
                    "blueGreen",
                    Map.of("keepFor", DurationText.format(canary.terms().bakeTime())));
        } else {
            steps(tree, canary);
        }
        tree.put("successRate", canary.successRate().share());
        tree.put("verdict", criteria(canary.terms().criteria()));
        if (!canary.terms().webhooks().isEmpty()) {
            tree.put(
                    "webhooks",
                    canary.terms().webhooks().stream().map(CanaryTree::webhook).toList());
        }
        return tree;
    }

    private static void steps(Map<String, Object> tree, Splitting.Canary canary) {
        if (canary.terms().steps().isEmpty()) {
            tree.put("initialWeight", canary.initialWeight().percent());
            tree.put("incrementStep", canary.incrementStep().percent());
        }
        tree.put("incrementDelay", DurationText.format(canary.incrementDelay()));
        if (canary.terms().steps().isEmpty()) {
            tree.put("maxWeight", canary.maxWeight().percent());
        } else {
            tree.put(
                    "steps",
                    canary.terms().steps().stream().map(CanaryTree::step).toList());
        }
        tree.put("bakeTime", DurationText.format(canary.terms().bakeTime()));
    }

    private static Map<String, Object> step(CanaryStep step) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("weight", step.weight().percent());
        tree.put("delay", DurationText.format(step.delay()));
        tree.put("gate", step.gate().wireName());
        return tree;
    }

    private static Map<String, Object> webhook(CanaryWebhook webhook) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("name", webhook.name());
        tree.put("url", webhook.url().toString());
        tree.put("when", webhook.when().wireName());
        tree.put("timeout", DurationText.format(webhook.timeout()));
        tree.put("retries", webhook.retries());
        tree.put("onFailure", webhook.onFailure().wireName());
        webhook.secret().ifPresent(secret -> tree.put("secret", secret));
        return tree;
    }

    private static Map<String, Object> criteria(CanaryCriteria criteria) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("falseRollback", criteria.falseRollback());
        tree.put("falseAdvance", criteria.falseAdvance());
        tree.put("successMargin", criteria.successMargin());
        tree.put("latencyQuantile", quantile(criteria.latencyQuantile()));
        tree.put("latencyMargin", criteria.latencyMargin());
        criteria.maxLatency().ifPresent(longest -> tree.put("maxLatency", DurationText.format(longest)));
        tree.put("stableObjective", criteria.stableObjective());
        tree.put("minimumRequests", criteria.minimumRequests());
        return tree;
    }

    /** 0.99 is {@code p99}, 0.5 is {@code p50}, 0.999 is {@code p99.9}. */
    static String quantile(double quantile) {
        BigDecimal percent =
                BigDecimal.valueOf(quantile).movePointRight(TO_PERCENT).stripTrailingZeros();
        return "p" + percent.toPlainString();
    }
}
