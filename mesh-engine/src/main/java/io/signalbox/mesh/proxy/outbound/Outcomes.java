package io.signalbox.mesh.proxy.outbound;

import io.signalbox.mesh.model.Cause;
import io.signalbox.mesh.model.Endpoint;
import io.signalbox.mesh.proxy.failure.FailureResponder;
import io.signalbox.mesh.proxy.filter.HopByHop;
import io.signalbox.mesh.proxy.filter.MeshFields;
import io.signalbox.mesh.proxy.transport.ResponseHead;
import io.signalbox.mesh.proxy.transport.UpstreamFailure;
import io.signalbox.mesh.resilience.AttemptOutcome;
import io.signalbox.mesh.resilience.FailedAttempt.Reach;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads how an attempt ended, for the retry's decision and the breaker. */
final class Outcomes {

    /** Characters of the names of all faults that a policy may have. */
    private static final int MOST_NAMES = 4_096;

    private static final String GRPC_STATUS = "grpc-status";

    private Outcomes() {}

    /**
     * An outcome, and how far the request may have come.
     *
     * @param retryAfter the pause that the endpoint asks for
     */
    record Reading(AttemptOutcome outcome, Reach reach, Duration retryAfter) {

        Reading(AttemptOutcome outcome, Reach reach) {
            this(outcome, reach, Duration.ZERO);
        }

        Reading pausing(Duration asked) {
            return new Reading(outcome, reach, asked);
        }
    }

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

    /** The status that an answer counts with: the peer hides its own failures from a caller of gRPC behind a 200. */
    static int status(ResponseHead head, @Nullable Cause cause) {
        return cause == null || cause == Cause.FAULT_INJECTED ? head.status() : FailureResponder.status(cause);
    }

    /**
     * The faults that befell the request on the peer's side, by name. They have been brought about by the one who says so, so
     * only a peer that has proven its identity is believed.
     */
    static List<String> faults(Endpoint endpoint, ResponseHead head) {
        String names = endpoint.secured() ? head.headers().first(MeshFields.FAULT) : null;
        return names == null || names.length() > MOST_NAMES ? List.of() : List.of(names.split(", ", -1));
    }

    /** What gRPC says in an answer's head: nothing follows it then; 0 when it says nothing, or nothing bad. */
    static int grpcCode(ResponseHead head) {
        String said = head.headers().first(GRPC_STATUS);
        if (said == null || said.isEmpty() || said.length() > 2) {
            return 0;
        }
        int code = 0;
        for (int i = 0; i < said.length(); i++) {
            int digit = said.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return 0;
            }
            code = 10 * code + digit;
        }
        return code;
    }

    static Reading of(int status, int grpcCode, @Nullable Cause peerCause) {
        if (peerCause == Cause.APP_UNREACHABLE || peerCause == Cause.DRAINING) {
            return new Reading(new AttemptOutcome.ConnectFailed(), Reach.NOT_REACHED);
        }
        if (peerCause == Cause.UPSTREAM_RESET) {
            return new Reading(new AttemptOutcome.Reset(), Reach.MAYBE_REACHED);
        }
        if (peerCause == Cause.TIMEOUT) {
            // Both sides of a hop keep the same time; the peer's may end first.
            return new Reading(new AttemptOutcome.TimedOut(), Reach.MAYBE_REACHED);
        }
        // A limit or rule of the peer refuses ahead of the application.
        return new Reading(
                grpcCode == 0 ? new AttemptOutcome.Answered(status) : new AttemptOutcome.GrpcAnswered(grpcCode),
                peerCause == Cause.RATE_LIMITED || peerCause == Cause.ACCESS_DENIED
                        ? Reach.NOT_REACHED
                        : Reach.MAYBE_REACHED);
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
}
