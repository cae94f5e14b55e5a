package io.signalbox.mesh.config;

import io.signalbox.mesh.model.Authorization;
import io.signalbox.mesh.model.AuthorizationRule;
import io.signalbox.mesh.model.RouteMatch;
import java.util.LinkedHashMap;
import java.util.Map;

/** Who may call a service, in the order in which a person reads it. */
final class AuthorizationTree {

    private AuthorizationTree() {}

    static void into(Map<String, Object> policy, Authorization authorization) {
        if (authorization.equals(Authorization.NONE)) {
            return;
        }
        Map<String, Object> tree = new LinkedHashMap<>();
        authorization.otherwise().ifPresent(action -> tree.put("default", action.wireName()));
        authorization.mode().ifPresent(mode -> tree.put("mode", mode.wireName()));
        if (!authorization.rules().isEmpty()) {
            tree.put(
                    "rules",
                    authorization.rules().stream().map(AuthorizationTree::rule).toList());
        }
        policy.put("authorization", tree);
    }

    private static Map<String, Object> rule(AuthorizationRule rule) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("name", rule.name());
        tree.put("action", rule.action().wireName());
        if (!rule.match().equals(RouteMatch.ANY)) {
            tree.put("match", RuleTree.match(rule.match()));
        }
        return tree;
    }
}
