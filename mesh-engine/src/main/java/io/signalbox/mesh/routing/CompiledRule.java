package io.signalbox.mesh.routing;

import io.signalbox.mesh.model.Headers;
import io.signalbox.mesh.model.RequestHead;
import io.signalbox.mesh.model.RouteMatch;
import io.signalbox.mesh.model.RoutingRule;
import io.signalbox.mesh.model.TrafficPolicy;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** A routing rule with its paths made canonical and its decision made ahead. Immutable. */
final class CompiledRule {

    private final List<Map.Entry<String, String>> headers;
    private final @Nullable String path;
    private final @Nullable String prefix;
    private final Set<String> methods;
    private final int percent;
    private final RouteDecision.Routed decision;

    private CompiledRule(RouteMatch match, int percent, RouteDecision.Routed decision) {
        this.headers = List.copyOf(match.headers().entrySet());
        this.path = match.path().map(RequestPath::canonical).orElse(null);
        this.prefix = match.pathPrefix().map(RequestPath::canonicalPrefix).orElse(null);
        this.methods = match.methods();
        this.percent = percent;
        this.decision = decision;
    }

    static CompiledRule of(int index, VersionTargets targets) {
        TrafficPolicy policy = targets.config().policy();
        RoutingRule rule = policy.rules().get(index);
        VersionTargets.Target target = targets.version(rule.version());
        RouteDecision.Routed decision = new RouteDecision.Routed(
                target.config(),
                policy,
                target.version(),
                target.endpoints(),
                rule.timeout().orElse(policy.timeout()),
                rule.retry().orElse(policy.retry()),
                new RouteReason.ByRule(index));
        return new CompiledRule(rule.match(), rule.weight().percent(), decision);
    }

    boolean readsPath() {
        return path != null || prefix != null;
    }

    boolean takes(RequestHead head, String canonicalPath, RandomGenerator random) {
        return (methods.isEmpty() || methods.contains(head.method()))
                && (path == null || path.equals(canonicalPath))
                && (prefix == null || RequestPath.startsWith(canonicalPath, prefix))
                && headersHold(head.headers())
                && Draw.takes(percent, random);
    }

    /** What keeps it from matching, in the order of {@link #takes}; {@code null} when every condition holds. */
    @Nullable
    FailedCondition firstFalse(RequestHead head, String canonicalPath) {
        if (!methods.isEmpty() && !methods.contains(head.method())) {
            return new FailedCondition("method", String.join(" | ", new TreeSet<>(methods)), head.method());
        }
        if (path != null && !path.equals(canonicalPath)) {
            return new FailedCondition("path", path, canonicalPath);
        }
        if (prefix != null && !RequestPath.startsWith(canonicalPath, prefix)) {
            return new FailedCondition("path prefix", prefix.isEmpty() ? "/" : prefix, canonicalPath);
        }
        for (Map.Entry<String, String> wanted : headers) {
            if (!holds(wanted, head.headers())) {
                String found = head.headers().first(wanted.getKey());
                return new FailedCondition(
                        "header " + wanted.getKey(), wanted.getValue(), found == null ? FailedCondition.ABSENT : found);
            }
        }
        return null;
    }

    /** Whether it takes a connection that is no request: what looks at requests never does. */
    boolean takesStream(RandomGenerator random) {
        return methods.isEmpty() && !readsPath() && headers.isEmpty() && Draw.takes(percent, random);
    }

    RouteDecision.Routed decision() {
        return decision;
    }

    private boolean headersHold(Headers sent) {
        for (int i = 0; i < headers.size(); i++) {
            if (!holds(headers.get(i), sent)) {
                return false;
            }
        }
        return true;
    }

    private static boolean holds(Map.Entry<String, String> wanted, Headers sent) {
        return wanted.getValue().equals(sent.first(wanted.getKey()))
                || sent.all(wanted.getKey()).contains(wanted.getValue());
    }
}
