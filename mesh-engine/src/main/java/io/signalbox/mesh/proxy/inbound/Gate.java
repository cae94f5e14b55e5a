package io.signalbox.mesh.proxy.inbound;

import io.signalbox.mesh.metrics.AccessMeter;
import io.signalbox.mesh.model.AccessDecision;
import io.signalbox.mesh.model.ServiceConfig;
import io.signalbox.mesh.proxy.transport.IncomingHead;
import io.signalbox.mesh.routing.AccessVerdict;
import io.signalbox.mesh.routing.Authorizer;
import io.signalbox.mesh.routing.RouteSource;
import org.jspecify.annotations.Nullable;

/** Lets callers in as the policy of the service says, and counts what it made of them. Immutable but for the counts. */
final class Gate {

    private final Authorizer authorizer;
    private final AccessMeter meter;

    private Gate(Authorizer authorizer, AccessMeter meter) {
        this.authorizer = authorizer;
        this.meter = meter;
    }

    /**
     * Returns {@code null} when nobody can be denied. The one before goes on while the policy says the same, and while
     * nothing is known of the service.
     */
    static @Nullable Gate under(@Nullable ServiceConfig own, @Nullable Gate before, AccessMeter meter) {
        if (own == null) {
            return before;
        }
        if (before != null
                && before.authorizer.authorization().equals(own.policy().authorization())) {
            return before;
        }
        Authorizer authorizer = Authorizer.of(own.policy().authorization());
        return authorizer == null ? null : new Gate(authorizer, meter);
    }

    /** Returns what refuses the request; {@code null} when it may go on. */
    @Nullable
    AccessVerdict refusing(IncomingHead head, RouteSource source) {
        return counted(authorizer.decide(head, source), source, head.method(), head.path());
    }

    /** The same of a TCP connection. */
    @Nullable
    AccessVerdict refusing(RouteSource source) {
        return counted(authorizer.decideStream(source), source, "", "");
    }

    private @Nullable AccessVerdict counted(AccessVerdict verdict, RouteSource source, String method, String path) {
        meter.count(source.service(), source.identity(), decision(verdict), verdict.rule(), method, path);
        return verdict.denied() && authorizer.enforces() ? verdict : null;
    }

    private AccessDecision decision(AccessVerdict verdict) {
        if (!verdict.denied()) {
            return AccessDecision.ALLOWED;
        }
        return authorizer.enforces() ? AccessDecision.DENIED : AccessDecision.WOULD_DENY;
    }
}
