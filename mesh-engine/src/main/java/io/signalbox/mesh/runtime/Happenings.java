package io.signalbox.mesh.runtime;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.signalbox.mesh.client.json.Json;
import io.signalbox.mesh.client.json.JsonText;
import io.signalbox.mesh.controlplane.SidecarDetails;
import io.signalbox.mesh.controlplane.SidecarDetails.Untold;
import io.signalbox.mesh.event.MeshEvent;
import io.signalbox.mesh.explain.DecisionLog;
import io.signalbox.mesh.explain.DecisionRecord;
import io.signalbox.mesh.explain.RequestReader;
import io.signalbox.mesh.mirror.MirrorLog;
import io.signalbox.mesh.mirror.MirrorTally;
import io.signalbox.mesh.model.EdgeId;
import io.signalbox.mesh.proxy.SharedResources;
import io.signalbox.mesh.proxy.Sidecar;
import io.signalbox.mesh.resilience.Reasons;
import io.signalbox.mesh.time.Ticker;
import io.signalbox.mesh.trace.SpanLog;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * What happens at one attached sidecar, until its control plane is told: the newest of each kind, and how many there were
 * besides. Circuits move on event loops; one thread takes.
 */
final class Happenings {

    /** So many of each are told at most, at each time; a second lies between two. */
    static final int TROUBLED = 64;

    static final int SAMPLED = 64;
    static final int SPANS = 128;
    static final int MOVES = 128;

    /** About so many spans a second are recorded, of traces that went well and of others each. */
    private static final int SPANS_PER_SECOND = 32;

    /** What explaining may take at a time; the rest is told without. */
    private static final Duration EXPLAINING = Duration.ofMillis(20);

    /** Of the JSON that explains requests, at a time. */
    private static final int MOST_TEXT = 400_000;

    private final Sidecar sidecar;
    private final Ticker ticker;
    private final RequestReader<DecisionRecord> requests;
    private final SpanLog.Reader spans;
    private final MirrorLog mirrors;

    @GuardedBy("this")
    private final ArrayDeque<Moved> moves = new ArrayDeque<>();

    @GuardedBy("this")
    private long movesLost;

    private Untold untold = Untold.NOTHING;

    private record Moved(MeshEvent event, long atNanos) {}

    /** @param logs its own, in which no other sidecar writes */
    Happenings(Sidecar sidecar, SharedResources logs) {
        this.sidecar = sidecar;
        this.ticker = logs.ticker();
        this.requests = logs.decisions().reader();
        this.spans = logs.spans().reader();
        this.mirrors = logs.mirrors();
        String service = sidecar.spec().service();
        String instance = sidecar.spec().instanceId();
        sidecar.onCircuitMoved((endpoint, transition) -> moved(new MeshEvent.BreakerMoved(
                new EdgeId(service, endpoint.service()),
                instance,
                endpoint.instanceId(),
                transition.from(),
                transition.to(),
                Reasons.of(transition.why()),
                transition.why())));
        sidecar.onEjection((called, move) -> moved(EmbeddedSidecar.event(sidecar.spec(), called, move)));
    }

    /** The same resources, with logs that hold no more than what one sidecar tells at a time. */
    static SharedResources logs(SharedResources shared) {
        return new SharedResources(
                shared.transport(),
                shared.ticker(),
                shared.clock(),
                shared.random(),
                new SpanLog(SPANS, SPANS_PER_SECOND, shared.ticker()),
                new DecisionLog(TROUBLED, SAMPLED),
                new MirrorLog());
    }

    /** What happened since this was last called. */
    SidecarDetails take() {
        RequestReader.Batch<DecisionRecord> ended = requests.next();
        SpanLog.Batch recorded = spans.next();
        List<SidecarDetails.Move> moved = new ArrayList<>();
        long lost = drain(moved);
        Untold now = untold.plus(new Untold(ended.dropped(), recorded.dropped(), lost));
        untold = Untold.NOTHING;
        List<MirrorTally> compared = mirrors.drain();
        return new SidecarDetails(
                sidecar.spec().service(),
                sidecar.spec().instanceId(),
                told(ended.requests()),
                recorded.spans(),
                moved,
                compared,
                now);
    }

    /** Nobody heard that: it counts as never told. */
    void unheard(SidecarDetails details) {
        Untold lost = new Untold(
                details.requests().size(),
                details.spans().size(),
                details.moves().size());
        untold = untold.plus(details.untold()).plus(lost);
    }

    private List<SidecarDetails.Told> told(List<DecisionRecord> records) {
        List<SidecarDetails.Told> told = new ArrayList<>(records.size());
        long until = ticker.nanos() + EXPLAINING.toNanos();
        int left = MOST_TEXT;
        for (DecisionRecord record : records) {
            String explained = ticker.nanos() - until < 0 && left > 0 ? explained(record) : "";
            left -= explained.length();
            told.add(new SidecarDetails.Told(
                    record.line(), record.spanId(), record.parentSpanId(), new JsonText(explained)));
        }
        return told;
    }

    private static String explained(DecisionRecord record) {
        String text = Json.text(record.explain(0));
        return text.length() <= SidecarDetails.LONGEST_EXPLANATION ? text : "";
    }

    private synchronized void moved(MeshEvent event) {
        moves.add(new Moved(event, ticker.nanos()));
        if (moves.size() > MOVES) {
            moves.remove();
            movesLost++;
        }
    }

    private synchronized long drain(List<SidecarDetails.Move> into) {
        long now = ticker.nanos();
        for (Moved move : moves) {
            into.add(new SidecarDetails.Move(
                    move.event(), TimeUnit.NANOSECONDS.toMillis(Math.max(0, now - move.atNanos()))));
        }
        moves.clear();
        long lost = movesLost;
        movesLost = 0;
        return lost;
    }
}
