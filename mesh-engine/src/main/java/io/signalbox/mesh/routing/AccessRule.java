package io.signalbox.mesh.routing;

import io.signalbox.mesh.model.Authorization.Action;
import io.signalbox.mesh.model.AuthorizationRule;
import io.signalbox.mesh.model.RequestHead;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One authorization rule, compiled. Immutable. */
final class AccessRule {

    /** By what some frameworks take another method than the one that is sent. */
    private static final List<String> OVERRIDES = List.of(
            "X-HTTP-Method-Override",
            "X-HTTP-Method",
            "X-Method-Override",
            "X_HTTP_Method_Override",
            "X_HTTP_Method",
            "X_Method_Override");

    private static final String OVERRIDING_PARAMETER = "_method=";

    private final AuthorizationRule rule;
    private final AccessVerdict verdict;
    private final Set<String> methods;
    private final @Nullable PathTest path;
    private final boolean takesUnknown;

    AccessRule(AuthorizationRule rule) {
        this.rule = rule;
        verdict = new AccessVerdict(rule.action(), rule.name());
        methods = rule.match().methods();
        path = PathTest.of(rule.match());
        takesUnknown = rule.match().sources().contains(AuthorizationRule.UNKNOWN);
    }

    AccessVerdict verdict() {
        return verdict;
    }

    boolean readsPath() {
        return path != null;
    }

    boolean isOfCallersAlone() {
        return rule.isOfCallersAlone();
    }

    boolean isOf(Action action) {
        return rule.action() == action;
    }

    /** Whether it is about that caller's calls; the word for unknown callers is nobody's name. */
    boolean meets(RouteSource source) {
        if (source.identity() == null) {
            return rule.match().sourceIdentities().isEmpty()
                    && (takesUnknown || rule.match().sources().isEmpty());
        }
        boolean namesUnknown = takesUnknown && source.service().equals(AuthorizationRule.UNKNOWN);
        return !namesUnknown && source.meets(rule.match());
    }

    /** @param paths of the request, if this rule reads them */
    boolean holds(RequestHead head, List<PathReadings> paths) {
        return methodHolds(head) && pathHolds(paths);
    }

    private boolean methodHolds(RequestHead head) {
        if (methods.isEmpty()) {
            return true;
        }
        boolean denies = rule.action() == Action.DENY;
        boolean sent = meets(head.method());
        if (sent == denies) {
            return sent;
        }
        for (int i = 0; i < OVERRIDES.size(); i++) {
            for (String list : head.headers().all(OVERRIDES.get(i))) {
                for (String other : list.split(",", -1)) {
                    if (meets(other.trim()) == denies) {
                        return denies;
                    }
                }
            }
        }
        return overriddenInQuery(head.query(), denies) ? denies : sent;
    }

    private boolean overriddenInQuery(String query, boolean denies) {
        if (!query.contains(OVERRIDING_PARAMETER)) {
            return false;
        }
        for (String parameter : query.split("&", -1)) {
            if (parameter.startsWith(OVERRIDING_PARAMETER)
                    && meets(parameter.substring(OVERRIDING_PARAMETER.length())) == denies) {
                return true;
            }
        }
        return false;
    }

    /** A rule that denies takes a method in any letters, one that allows as it is written. */
    private boolean meets(String method) {
        if (rule.action() == Action.ALLOW) {
            return methods.contains(method);
        }
        for (String wanted : methods) {
            if (wanted.equalsIgnoreCase(method)) {
                return true;
            }
        }
        return false;
    }

    private boolean pathHolds(List<PathReadings> paths) {
        PathTest test = path;
        if (test == null) {
            return true;
        }
        boolean denies = rule.action() == Action.DENY;
        for (int i = 0; i < paths.size(); i++) {
            boolean holds = denies ? test.holdsInAny(paths.get(i)) : test.holdsInAll(paths.get(i));
            if (holds == denies) {
                return denies;
            }
        }
        return !denies;
    }
}
