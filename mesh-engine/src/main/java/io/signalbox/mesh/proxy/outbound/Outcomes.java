package io.signalbox.mesh.proxy.outbound;

import io.signalbox.mesh.model.Cause;
import io.signalbox.mesh.model.Endpoint;
import io.signalbox.mesh.model.RetryCondition;
import io.signalbox.mesh.model.RetryPolicy;
import io.signalbox.mesh.proxy.filter.HopByHop;
import io.signalbox.mesh.proxy.filter.MeshFields;
import io.signalbox.mesh.proxy.transport.ResponseHead;
import io.signalbox.mesh.proxy.transport.UpstreamFailure;
import io.signalbox.mesh.resilience.AttemptOutcome;
import io.signalbox.mesh.resilience.FailedAttempt.Reach;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads how an attempt ended, for the retry's decision and the breaker. */
final class Outcomes {

    private Outcomes() {}

    /** An outcome, and how far the request may have come. */
    record Reading(AttemptOutcome outcome, Reach reach) {}

    /**
     * Makes the answer's head fit to pass on, and returns the cause that the peer's sidecar gave, if it gave the answer.
     *
     * <p>Only a peer that has proven its identity is believed; from anyone else the field is removed.
     */
    static @Nullable Cause meshCause(Endpoint endpoint, ResponseHead head) {
        String given = head.headers().first(MeshFields.CAUSE);
        HopByHop.strip(head.headers());
        MeshFields.strip(head.headers());
        if (given == null || !endpoint.secured()) {
            return null;
        }
        Optional<Cause> cause = Cause.parse(given).filter(Cause::isFailure);
        cause.ifPresent(known -> head.headers().set(MeshFields.CAUSE, known.wireName()));
        return cause.orElse(null);
    }

    static Reading of(int status, @Nullable Cause peerCause) {
        if (peerCause == Cause.APP_UNREACHABLE || peerCause == Cause.DRAINING) {
            return new Reading(new AttemptOutcome.ConnectFailed(), Reach.NOT_REACHED);
        }
        if (peerCause == Cause.UPSTREAM_RESET) {
            return new Reading(new AttemptOutcome.Reset(), Reach.MAYBE_REACHED);
        }
        return new Reading(new AttemptOutcome.Answered(status), Reach.MAYBE_REACHED);
    }

    static Reading of(UpstreamFailure failure) {
        return switch (failure) {
            case UpstreamFailure.ConnectFailed _,
                    UpstreamFailure.IdentityRefused _,
                    UpstreamFailure.Overloaded _,
                    UpstreamFailure.NotTaken _ -> new Reading(new AttemptOutcome.ConnectFailed(), Reach.NOT_REACHED);
            case UpstreamFailure.Reset _, UpstreamFailure.Stalled _ ->
                new Reading(new AttemptOutcome.Reset(), Reach.MAYBE_REACHED);
            case UpstreamFailure.ProtocolError _ -> new Reading(new AttemptOutcome.Other(), Reach.MAYBE_REACHED);
        };
    }

    /** The condition under which a retry is counted. */
    static RetryCondition condition(AttemptOutcome outcome, RetryPolicy policy) {
        return switch (outcome) {
            case AttemptOutcome.Answered _ ->
                policy.retryOn().contains(RetryCondition.ANY_5XX)
                        ? RetryCondition.ANY_5XX
                        : RetryCondition.GATEWAY_ERROR;
            case AttemptOutcome.TimedOut _ -> RetryCondition.TIMEOUT;
            case AttemptOutcome.ConnectFailed _ -> RetryCondition.CONNECT_FAILURE;
            case AttemptOutcome.Reset _, AttemptOutcome.Other _ -> RetryCondition.RESET;
        };
    }
}
