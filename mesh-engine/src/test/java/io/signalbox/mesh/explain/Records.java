package io.signalbox.mesh.explain;

import io.signalbox.mesh.model.AnsweredBy;
import io.signalbox.mesh.model.Cause;
import io.signalbox.mesh.routing.RouteDecision;
import io.signalbox.mesh.routing.RouteSource;
import io.signalbox.mesh.routing.StableKeys;
import io.signalbox.mesh.trace.Carrier;
import io.signalbox.mesh.trace.Sampling;
import io.signalbox.mesh.trace.TraceContext;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Records of requests that were never sent, in few words. */
public final class Records {

    public static final Instant NOON = Instant.parse("2026-11-26T12:00:00Z");

    public static final RouteSource SHOP = new RouteSource("shop", "spiffe://mesh.example/service/shop");

    private Records() {}

    /** A request of its own trace that reached nobody: from shop to catalog. */
    public static DecisionRecord named(String id, int status, @Nullable Cause cause) {
        return record(id, status, cause, Duration.ofMillis(5), cause == null ? Kept.SAMPLED : Kept.FAILED);
    }

    @SuppressWarnings("NullAway") // of a nested type it does not see in a class file that it may be null
    public static DecisionRecord record(String id, int status, @Nullable Cause cause, Duration duration, Kept kept) {
        return new DecisionRecord(
                trace(2L * id.hashCode() + 1, 1, 0),
                id,
                NOON,
                duration.toNanos(),
                SHOP,
                "shop-1",
                new HeldHead("GET", "/items/7?all=yes", "catalog", List.of(), HeldHead.Extent.WHOLE),
                StableKeys.NONE,
                "catalog",
                7,
                null,
                List.of(),
                List.of(),
                status,
                cause == null ? AnsweredBy.UPSTREAM : AnsweredBy.MESH,
                cause,
                kept,
                null);
    }

    /** A sampled request from shop to catalog that was decided so. */
    @SuppressWarnings("NullAway") // of a nested type it does not see in a class file that it may be null
    public static DecisionRecord decided(
            String id, long revision, HeldHead head, StableKeys known, RouteDecision decision) {
        return new DecisionRecord(
                trace(2L * id.hashCode() + 1, 1, 0),
                id,
                NOON,
                1,
                SHOP,
                "shop-1",
                head,
                known,
                "catalog",
                revision,
                decision,
                List.of(),
                List.of(),
                200,
                AnsweredBy.UPSTREAM,
                null,
                Kept.SAMPLED,
                null);
    }

    static TraceContext trace(long id, long span, long parent) {
        return new TraceContext(0, id, span, parent, Sampling.KEEP, Carrier.SEPARATE_FIELDS, null);
    }
}
