package io.signalbox.mesh.explain;

import io.signalbox.mesh.model.AnsweredBy;
import io.signalbox.mesh.model.Cause;
import io.signalbox.mesh.routing.RouteDecision;
import io.signalbox.mesh.routing.StickyKey;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One request in a line: who asked whom for what, and what came of it.
 *
 * @param id of {@code X-Request-ID}, the same through all hops; {@code null} when it ended before it had one
 * @param source the service that asked; of what is refused on its arrival the one that it proves to be, or its identity, or
 *     {@code unproven}
 * @param sourceInstance which of its instances; empty of what was refused on its arrival
 * @param path without the query
 * @param version the one that was chosen; {@code null} when any would do, or none was chosen
 * @param endpoint the instance of the last attempt, or that refused the request on its arrival; {@code null} when there was
 *     none
 * @param durationNanos from the request to the last byte of the answer
 * @param revision of the configuration that decided it
 * @param policyRevision of the policy in that configuration; 0 when nobody wrote one; {@code null} when no service was found
 * @param stableKey what speaks for the caller where the policy has stickiness: the key's value, or its hash of 16 hexadecimal
 *     digits where the value is a secret or did not travel; {@code null} when there is none
 */
public record RequestLine(
        @Nullable String id,
        String traceId,
        Instant at,
        String source,
        String sourceInstance,
        String method,
        String authority,
        String path,
        String destination,
        @Nullable String version,
        @Nullable String endpoint,
        int attempts,
        int status,
        AnsweredBy answeredBy,
        @Nullable Cause cause,
        long durationNanos,
        long revision,
        @Nullable Long policyRevision,
        Kept kept,
        @Nullable String stableKey) {

    public static RequestLine of(DecisionRecord record) {
        return new RequestLine(
                record.requestId(),
                record.traceId(),
                record.at(),
                record.source(),
                record.sourceInstance(),
                record.head().method(),
                record.head().authority(),
                record.head().path(),
                record.destination(),
                version(record),
                endpoint(record),
                record.attempts().size(),
                record.status(),
                record.answeredBy(),
                record.cause(),
                record.durationNanos(),
                record.revision(),
                policyRevision(record),
                record.kept(),
                stableKey(record));
    }

    /** The same of another path. */
    public RequestLine withPath(String other) {
        return new RequestLine(
                id,
                traceId,
                at,
                source,
                sourceInstance,
                method,
                authority,
                other,
                destination,
                version,
                endpoint,
                attempts,
                status,
                answeredBy,
                cause,
                durationNanos,
                revision,
                policyRevision,
                kept,
                stableKey);
    }

    private static @Nullable String endpoint(DecisionRecord record) {
        DecisionRecord.Arrival arrival = record.arrival();
        if (arrival != null) {
            return arrival.instance();
        }
        return record.attempts().isEmpty()
                ? null
                : record.attempts().getLast().endpoint().instanceId();
    }

    private static @Nullable Long policyRevision(DecisionRecord record) {
        DecisionRecord.Arrival arrival = record.arrival();
        return arrival == null ? policyRevision(record.decision()) : (Long) arrival.policyRevision();
    }

    private static @Nullable Long policyRevision(@Nullable RouteDecision decision) {
        return switch (decision) {
            case RouteDecision.Routed routed -> (Long) routed.config().policyRevision();
            case RouteDecision.AnsweredHere answered -> (Long) answered.config().policyRevision();
            case RouteDecision.UnknownService _ -> null;
            case null -> null;
        };
    }

    private static @Nullable String version(DecisionRecord record) {
        if (record.decision() instanceof RouteDecision.Routed routed && routed.version() != null) {
            return routed.version();
        }
        return record.attempts().isEmpty()
                ? null
                : record.attempts().getLast().endpoint().version();
    }

    private static @Nullable String stableKey(DecisionRecord record) {
        if (!(record.decision() instanceof RouteDecision.Routed routed)) {
            return null;
        }
        return routed.config()
                .policy()
                .stickiness()
                .map(stickiness -> StickyKey.of(stickiness, record.head(), record.keys(), routed.newKey()))
                .map(RequestLine::shown)
                .orElse(null);
    }

    private static @Nullable String shown(StickyKey key) {
        return key.value() == null || Secrets.isSecret(key.subject()) ? key.hash() : key.value();
    }
}
