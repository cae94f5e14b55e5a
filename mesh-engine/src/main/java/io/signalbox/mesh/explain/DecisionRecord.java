package io.signalbox.mesh.explain;

import io.signalbox.mesh.model.AnsweredBy;
import io.signalbox.mesh.model.Cause;
import io.signalbox.mesh.routing.RouteDecision;
import io.signalbox.mesh.routing.RouteSource;
import io.signalbox.mesh.routing.StableKeys;
import io.signalbox.mesh.trace.TraceContext;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What one sidecar decided about one request of its application, and what came of it; or why it did not pass one on to its
 * application.
 *
 * <p>It holds references to what existed anyway, and no more than is needed to make the decision again; everything else
 * is worked out when somebody asks ({@link Explainer}). Immutable.
 *
 * @param requestId of {@code X-Request-ID}; {@code null} when the request ended before it had one
 * @param at when it began
 * @param caller the service that asked, and who it proves to be
 * @param sourceInstance which of its instances; empty when the record was made where the request arrived
 * @param keys the stable keys that it was decided by
 * @param destination the service that was meant, or {@code unknown}
 * @param revision of the configuration that decided it
 * @param decision {@code null} when no service was found
 * @param refusedBy the endpoints whose circuits refused, when all did
 * @param arrival where it was refused on its arrival; {@code null} when the caller's sidecar decided
 */
public record DecisionRecord(
        TraceContext trace,
        @Nullable String requestId,
        Instant at,
        long durationNanos,
        RouteSource caller,
        String sourceInstance,
        HeldHead head,
        StableKeys keys,
        String destination,
        long revision,
        @Nullable RouteDecision decision,
        List<AttemptRecord> attempts,
        List<Candidate> refusedBy,
        int status,
        AnsweredBy answeredBy,
        @Nullable Cause cause,
        Kept kept,
        @Nullable Arrival arrival)
        implements KeptRequest {

    public DecisionRecord {
        attempts = List.copyOf(attempts);
        refusedBy = List.copyOf(refusedBy);
    }

    /**
     * Where a request was refused on its arrival.
     *
     * @param instance of the service that was asked
     * @param policyRevision of the service's policy that refused it
     * @param accessRule the authorization rule that denied it, by name, empty for the policy's default; {@code null} when
     *     something else refused it
     */
    public record Arrival(
            String instance, long policyRevision, @Nullable String accessRule) {}

    /** The service that asked. */
    public String source() {
        return caller.service();
    }

    @Override
    public Recalled recalled(KnownLots lots) {
        return Recalled.of(this, lots);
    }

    @Override
    public RequestLine line() {
        return RequestLine.of(this);
    }

    @Override
    public ExplainedRequest explain(int depth) {
        return Explainer.explain(this, depth);
    }

    @Override
    public String spanId() {
        return trace.spanIdHex();
    }

    @Override
    public @Nullable String parentSpanId() {
        return trace.parentSpanIdHex();
    }

    @Override
    public Set<String> called() {
        return attempts.stream().map(attempt -> attempt.endpoint().instanceId()).collect(Collectors.toSet());
    }

    @Override
    public boolean arrived() {
        return arrival != null;
    }

    @Override
    public String traceId() {
        return trace.traceIdHex();
    }

    @Override
    public long traceBits() {
        return trace.traceIdLow();
    }

    @Override
    public Instant end() {
        return at.plusNanos(durationNanos);
    }
}
