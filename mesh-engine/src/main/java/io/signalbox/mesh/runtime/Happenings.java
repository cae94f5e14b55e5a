package io.signalbox.mesh.runtime;

import io.signalbox.mesh.client.MeshException;
import io.signalbox.mesh.client.json.Json;
import io.signalbox.mesh.client.json.JsonText;
import io.signalbox.mesh.controlplane.SidecarDetails;
import io.signalbox.mesh.controlplane.SidecarDetails.Untold;
import io.signalbox.mesh.explain.DecisionLog;
import io.signalbox.mesh.explain.DecisionRecord;
import io.signalbox.mesh.explain.KnownLots;
import io.signalbox.mesh.explain.RequestLine;
import io.signalbox.mesh.explain.RequestReader;
import io.signalbox.mesh.mirror.MirrorLog;
import io.signalbox.mesh.proxy.SharedResources;
import io.signalbox.mesh.proxy.Sidecar;
import io.signalbox.mesh.time.Ticker;
import io.signalbox.mesh.trace.SpanLog;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What happens at one attached sidecar, until its control plane is told: the newest of each kind, and how many there were
 * besides. For one thread.
 */
final class Happenings {

    /** So many of each are told at most, at each time; a second lies between two. */
    static final int TROUBLED = 64;

    static final int SAMPLED = 64;
    static final int SPANS = 128;

    /** About so many spans a second are recorded, of traces that went well and of others each. */
    private static final int SPANS_PER_SECOND = 32;

    /** What explaining may take at a time; the rest is told without. */
    private static final Duration EXPLAINING = Duration.ofMillis(20);

    /** Of the JSON that explains requests, at a time. */
    private static final int MOST_TEXT = 400_000;

    /** Of the JSON by which requests may be decided again, at a time. */
    private static final int MOST_DECISIONS = 400_000;

    /** Of a path or a span's name: a control plane keeps no more. */
    private static final int LONGEST_TEXT = 1_024;

    private final Sidecar sidecar;
    private final Ticker ticker;
    private final RequestReader<DecisionRecord> requests;
    private final SpanLog.Reader spans;
    private final MirrorLog mirrors;
    private final UntoldMoves moves;
    private Untold untold = Untold.NOTHING;

    /** @param logs its own, in which no other sidecar writes */
    Happenings(Sidecar sidecar, SharedResources logs) {
        this.sidecar = sidecar;
        this.ticker = logs.ticker();
        this.requests = logs.decisions().reader();
        this.spans = logs.spans().reader();
        this.mirrors = logs.mirrors();
        this.moves = new UntoldMoves(ticker, Long.toHexString(logs.random().nextLong()));
        sidecar.onCircuitMoved(
                (endpoint, transition) -> moves.add(EmbeddedSidecar.event(sidecar.spec(), endpoint, transition)));
        sidecar.onEjection((called, move) -> moves.add(EmbeddedSidecar.event(sidecar.spec(), called, move)));
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

    /**
     * What happened since this was last called, in pieces of which each is small enough to be heard; moves of circuits are
     * in the first.
     */
    private List<SidecarDetails> take() {
        RequestReader.Batch<DecisionRecord> ended = requests.next();
        SpanLog.Batch recorded = spans.next();
        List<SidecarDetails.Move> moved = moves.take();
        Untold now = untold.plus(new Untold(ended.dropped() + ended.untold(), recorded.dropped(), moves.lost()));
        untold = Untold.NOTHING;
        return new SidecarDetails(
                        sidecar.spec().service(),
                        sidecar.spec().instanceId(),
                        told(ended.requests()),
                        recorded.spans().stream()
                                .map(span -> span.withName(cut(span.name())))
                                .toList(),
                        moved,
                        mirrors.drain(),
                        now)
                .pieces();
    }

    /**
     * Tells what happened since this was last called. A piece that is refused would be the next time, too: it counts as never
     * told, and the rest goes on.
     *
     * @return why one was refused; empty when all were taken
     * @throws MeshException when nobody is there; what was not told then is told again, or counts as never told
     */
    Optional<String> tell(Consumer<SidecarDetails> line) {
        Deque<SidecarDetails> pieces = new ArrayDeque<>(take());
        Optional<String> refused = Optional.empty();
        try {
            for (SidecarDetails piece = pieces.peek(); piece != null; piece = pieces.peek()) {
                try {
                    line.accept(piece);
                    heard(piece);
                } catch (MeshException e) {
                    if (e.isPassing()) {
                        throw e;
                    }
                    refused(piece);
                    refused = Optional.of(String.valueOf(e.getMessage()));
                }
                pieces.remove();
            }
        } finally {
            pieces.forEach(this::unheard);
        }
        return refused;
    }

    /** The control plane has it. */
    private void heard(SidecarDetails details) {
        if (!details.moves().isEmpty()) {
            moves.heard();
        }
    }

    /** Nobody heard that: moves of circuits are told again, all else counts as never told. */
    private void unheard(SidecarDetails details) {
        if (!details.moves().isEmpty()) {
            moves.unheard();
        }
        untold = untold.plus(details.untold())
                .plus(new Untold(details.requests().size(), details.spans().size(), 0));
    }

    /** The control plane will never take that. */
    private void refused(SidecarDetails details) {
        untold = untold.plus(new Untold(0, 0, details.moves().size()));
        heard(details);
        unheard(details);
    }

    private List<SidecarDetails.Told> told(List<DecisionRecord> records) {
        List<@Nullable JsonText> decisions = decisions(records);
        List<SidecarDetails.Told> told = new ArrayList<>(records.size());
        long until = ticker.nanos() + EXPLAINING.toNanos();
        int left = MOST_TEXT;
        for (int i = 0; i < records.size(); i++) {
            DecisionRecord record = records.get(i);
            String explained = ticker.nanos() - until < 0 && left > 0 ? explained(record) : "";
            left -= explained.length();
            RequestLine line = record.line();
            told.add(new SidecarDetails.Told(
                    line.withPath(cut(line.path())),
                    record.spanId(),
                    record.parentSpanId(),
                    new JsonText(explained),
                    decisions.get(i)));
        }
        return told;
    }

    /** Of records so few and so short that this takes no time worth a bound. */
    private List<@Nullable JsonText> decisions(List<DecisionRecord> records) {
        List<@Nullable JsonText> decisions = new ArrayList<>(records.size());
        KnownLots lots = new KnownLots();
        int left = MOST_DECISIONS;
        for (DecisionRecord record : records) {
            JsonText decision = left > 0 ? SidecarDetails.Told.decision(record.recalled(lots)) : null;
            left -= decision == null ? 0 : decision.text().length();
            decisions.add(decision);
        }
        return decisions;
    }

    private static String explained(DecisionRecord record) {
        String text = Json.text(record.explain(0));
        return text.length() <= SidecarDetails.LONGEST_EXPLANATION ? text : "";
    }

    private static String cut(String text) {
        return text.length() <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT);
    }
}
