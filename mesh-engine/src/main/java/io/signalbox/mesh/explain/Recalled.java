package io.signalbox.mesh.explain;

import io.signalbox.mesh.model.Cause;
import io.signalbox.mesh.routing.NewKey;
import io.signalbox.mesh.routing.RouteDecision;
import io.signalbox.mesh.routing.RouteSource;
import io.signalbox.mesh.routing.StableKeys;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What it takes to decide a request again under another policy, wherever it was decided. Immutable.
 *
 * @param request which one it is
 * @param durationNanos from the request to the last byte of the answer
 * @param caller the service that asked, and who it proves to be
 * @param keys the stable keys that it was decided by, also the one that its caller was given
 * @param routed whether a service was found for it
 * @param lots the first ones that were drawn for it; empty when none was, or nothing is known of them
 */
public record Recalled(
        KeptRequest request,
        long durationNanos,
        RouteSource caller,
        HeldHead head,
        StableKeys keys,
        boolean routed,
        List<LotRange> lots,
        List<Attempt> attempts) {

    public Recalled {
        lots = List.copyOf(lots);
        attempts = List.copyOf(attempts);
    }

    /**
     * What became of one attempt.
     *
     * @param secured whether its connection proved who calls
     * @param startNanos since the request's begin
     * @param durationNanos to the answer's head, or to what ended the wait for it
     * @param status of the answer; 0 when none came
     */
    public record Attempt(
            String instance,
            String version,
            boolean secured,
            long startNanos,
            long durationNanos,
            AttemptEnd end,
            int status,
            @Nullable Cause cause) {

        private static Attempt of(AttemptRecord attempt) {
            return new Attempt(
                    attempt.endpoint().instanceId(),
                    attempt.endpoint().version(),
                    attempt.endpoint().secured(),
                    attempt.startNanos(),
                    attempt.durationNanos(),
                    attempt.end(),
                    attempt.status(),
                    attempt.cause());
        }
    }

    /** Of a record that is held whole. */
    public static Recalled of(DecisionRecord record, KnownLots lots) {
        NewKey given = record.decision() instanceof RouteDecision.Routed routed ? routed.newKey() : null;
        return new Recalled(
                record,
                record.durationNanos(),
                record.caller(),
                record.head(),
                given == null ? record.keys() : record.keys().with(given),
                record.decision() != null && !(record.decision() instanceof RouteDecision.UnknownService),
                lots.of(record),
                record.attempts().stream().map(Attempt::of).toList());
    }

    public Instant at() {
        return request.at();
    }

    /** The instance that asked; empty of what was refused on its arrival. */
    public String sourceInstance() {
        return request.sourceInstance();
    }

    /** The instance of the last attempt; {@code null} when there was none. */
    public @Nullable String endpoint() {
        return attempts.isEmpty() ? null : attempts.getLast().instance();
    }
}
