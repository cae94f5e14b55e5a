package io.signalbox.mesh.explain;

import io.signalbox.mesh.explain.DryDecision.AccessAnswer;
import io.signalbox.mesh.model.AccessDecision;
import io.signalbox.mesh.model.AuthorizationRule;
import io.signalbox.mesh.model.RequestHead;
import io.signalbox.mesh.model.TrafficPolicy;
import io.signalbox.mesh.routing.AccessVerdict;
import io.signalbox.mesh.routing.Authorizer;
import io.signalbox.mesh.routing.RouteSource;
import org.jspecify.annotations.Nullable;

/** Says what the sidecar beside the application would make of a caller. */
final class DryAccess {

    private DryAccess() {}

    /** @param caller as it would prove to be */
    static @Nullable AccessAnswer answer(TrafficPolicy policy, RequestHead head, RouteSource caller) {
        Authorizer authorizer = Authorizer.of(policy.authorization());
        if (authorizer == null) {
            return null;
        }
        AccessVerdict verdict = authorizer.decide(head, caller);
        AccessDecision denied = authorizer.enforces() ? AccessDecision.DENIED : AccessDecision.WOULD_DENY;
        String name = caller.identity() == null ? AuthorizationRule.UNKNOWN : caller.service();
        return new AccessAnswer(
                verdict.denied() ? denied : AccessDecision.ALLOWED,
                name.isEmpty() ? String.valueOf(caller.identity()) : name,
                verdict.rule());
    }
}
