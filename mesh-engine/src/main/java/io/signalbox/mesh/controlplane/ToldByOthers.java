package io.signalbox.mesh.controlplane;

import io.signalbox.mesh.event.EventLog;
import io.signalbox.mesh.event.MeshEvent;
import io.signalbox.mesh.explain.RequestLog;
import io.signalbox.mesh.mirror.MirrorLog;
import io.signalbox.mesh.mirror.MirrorTally;
import io.signalbox.mesh.model.ServiceConfig;
import io.signalbox.mesh.trace.SpanLog;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Takes in what sidecars in other processes tell of single requests and circuits. Each speaks for itself alone: what
 * could not be of it is left out, and so is what comes faster than it may. Safe from any thread.
 */
final class ToldByOthers {

    /** Requests that failed, were slow or were retried, and sampled ones, as a process keeps of its own. */
    private static final int TROUBLED_KEPT = 2_048;

    private static final int SAMPLED_KEPT = 1_024;

    private final RequestLog<ToldRequest> requests = new RequestLog<>(TROUBLED_KEPT, SAMPLED_KEPT);
    private final SpanLog spans;
    private final MirrorLog mirrors;
    private final EventLog events;
    private final InstantSource clock;
    private final HeardMoves heard = new HeardMoves();
    private final Supplier<Map<String, ServiceConfig>> services;

    ToldByOthers(
            SpanLog spans,
            MirrorLog mirrors,
            EventLog events,
            InstantSource clock,
            Supplier<Map<String, ServiceConfig>> services) {
        this.spans = spans;
        this.mirrors = mirrors;
        this.events = events;
        this.clock = clock;
        this.services = services;
    }

    RequestLog<ToldRequest> requests() {
        return requests;
    }

    /** Answers how much of it, with what the sidecar itself left out, nobody will ever see. */
    long take(SidecarName teller, SidecarDetails told, Allowance allowance) {
        Instant now = clock.instant();
        Believable believable = new Believable(teller, now);
        long left = 0;
        long missed = told.untold().requests();
        for (SidecarDetails.Told request : told.requests()) {
            if (believable.is(request) && allowance.request()) {
                requests.add(new ToldRequest(
                        teller,
                        request.line(),
                        request.spanId(),
                        request.parentSpanId(),
                        request.explained(),
                        request.decision()));
            } else {
                missed++;
            }
        }
        for (var span : told.spans()) {
            if (believable.is(span) && allowance.span()) {
                spans.add(span);
            } else {
                left++;
            }
        }
        for (SidecarDetails.Move move : told.moves()) {
            if (!heard.isNews(teller, move, allowance)) {
                continue;
            }
            if (believable.is(move) && allowance.move()) {
                append(move, now);
            } else {
                left++;
            }
        }
        told.mirrors().stream()
                .filter(tally -> Believable.is(tally) && isAsked(tally))
                .forEach(mirrors::add);
        if (missed > 0) {
            requests.missed(missed);
        }
        return left + missed + told.untold().spans() + told.untold().moves();
    }

    private void append(SidecarDetails.Move move, Instant now) {
        MeshEvent event = move.event();
        events.append(event, now.minusMillis(move.agoMillis()));
    }

    /** Only what a policy asks for is compared, so that nobody can make up mirrors. */
    private boolean isAsked(MirrorTally tally) {
        ServiceConfig service = services.get().get(tally.service());
        return service != null
                && service.policy()
                        .experiments()
                        .mirror()
                        .filter(mirror ->
                                mirror.diff().isPresent() && mirror.to().equals(tally.to()))
                        .isPresent();
    }
}
