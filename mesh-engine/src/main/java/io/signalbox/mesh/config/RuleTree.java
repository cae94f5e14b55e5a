package io.signalbox.mesh.config;

import io.signalbox.mesh.model.DurationText;
import io.signalbox.mesh.model.HeaderEdits;
import io.signalbox.mesh.model.PathTemplate;
import io.signalbox.mesh.model.Rewrite;
import io.signalbox.mesh.model.RouteMatch;
import io.signalbox.mesh.model.RoutingRule;
import io.signalbox.mesh.model.RuleTarget;
import io.signalbox.mesh.model.ValueMatch;
import io.signalbox.mesh.model.Weight;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** A rule as nested maps, lists and scalars in the order in which a person reads it. */
final class RuleTree {

    private RuleTree() {}

    static Map<String, Object> of(RoutingRule rule) {
        Map<String, Object> tree = new LinkedHashMap<>();
        if (!rule.match().equals(RouteMatch.ANY)) {
            tree.put("match", match(rule.match()));
        }
        switch (rule.target()) {
            case RuleTarget.Version(String version) -> tree.put("to", version);
            case RuleTarget.Weighted(Map<String, Weight> weights) -> tree.put("to", PolicyTree.weights(weights));
            case RuleTarget.Redirect redirect -> tree.put("redirect", redirect(redirect));
            case RuleTarget.DirectResponse direct -> tree.put("directResponse", direct(direct));
        }
        if (!rule.weight().equals(Weight.ALL)) {
            tree.put("weight", rule.weight().percent());
        }
        rule.timeout().ifPresent(timeout -> tree.put("timeout", DurationText.format(timeout)));
        rule.retry().ifPresent(retry -> tree.put("retry", PolicyTree.retry(retry)));
        rule.rateLimit().ifPresent(limit -> tree.put("rateLimit", ProtectionTree.rateLimit(limit)));
        rule.edits().rewrite().ifPresent(rewrite -> {
            Map<String, Object> place = new LinkedHashMap<>();
            put(place, rewrite);
            tree.put("rewrite", place);
        });
        put(tree, "requestHeaders", rule.edits().request());
        put(tree, "responseHeaders", rule.edits().response());
        return tree;
    }

    static Map<String, Object> match(RouteMatch match) {
        Map<String, Object> tree = new LinkedHashMap<>();
        put(tree, "headers", match.headers());
        match.path().ifPresent(path -> tree.put("path", path));
        match.pathPrefix().ifPresent(prefix -> tree.put("pathPrefix", prefix));
        match.pathTemplate().map(PathTemplate::text).ifPresent(template -> tree.put("pathTemplate", template));
        put(tree, "methods", match.methods());
        put(tree, "query", match.query());
        put(tree, "sources", match.sources());
        put(tree, "sourceIdentities", match.sourceIdentities());
        return tree;
    }

    private static void put(Map<String, Object> tree, String name, Collection<String> words) {
        if (!words.isEmpty()) {
            tree.put(name, words.stream().sorted().toList());
        }
    }

    private static void put(Map<String, Object> tree, String name, Map<String, ValueMatch> values) {
        if (!values.isEmpty()) {
            Map<String, Object> written = new TreeMap<>();
            values.forEach((key, value) -> written.put(key, value(value)));
            tree.put(name, written);
        }
    }

    private static Object value(ValueMatch match) {
        return switch (match) {
            case ValueMatch.Exact(String text) -> text;
            case ValueMatch.Prefix(String text) -> Map.of("prefix", text);
            case ValueMatch.Regex(String pattern) -> Map.of("regex", pattern);
            case ValueMatch.Present() -> Map.of("present", true);
            case ValueMatch.Absent() -> Map.of("present", false);
        };
    }

    private static Map<String, Object> redirect(RuleTarget.Redirect redirect) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("status", redirect.status());
        redirect.scheme().ifPresent(scheme -> tree.put("scheme", scheme));
        put(tree, redirect.to());
        return tree;
    }

    private static Map<String, Object> direct(RuleTarget.DirectResponse direct) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("status", direct.status());
        if (!direct.body().isEmpty()) {
            tree.put("body", direct.body());
        }
        tree.put("contentType", direct.contentType());
        return tree;
    }

    private static void put(Map<String, Object> tree, Rewrite place) {
        place.path().ifPresent(path -> tree.put("path", path));
        place.pathPrefix().ifPresent(prefix -> tree.put("pathPrefix", prefix));
        place.host().ifPresent(host -> tree.put("host", host));
    }

    private static void put(Map<String, Object> tree, String name, HeaderEdits edits) {
        if (edits.isEmpty()) {
            return;
        }
        Map<String, Object> written = new LinkedHashMap<>();
        if (!edits.set().isEmpty()) {
            written.put("set", edits.set());
        }
        if (!edits.add().isEmpty()) {
            written.put("add", edits.add());
        }
        if (!edits.remove().isEmpty()) {
            written.put("remove", edits.remove().stream().toList());
        }
        tree.put(name, written);
    }
}
