package io.signalbox.mesh.controlplane;

import io.signalbox.mesh.client.json.JsonText;
import io.signalbox.mesh.event.MeshEvent;
import io.signalbox.mesh.explain.RequestLine;
import io.signalbox.mesh.mirror.MirrorTally;
import io.signalbox.mesh.trace.Span;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What happened at a sidecar in another process since it last told, one by one, as it is sent. What was only counted is
 * {@link SidecarTelemetry}.
 *
 * @param requests those that are kept
 * @param untold how many requests, spans and moves there were that will never be told
 */
public record SidecarDetails(
        String service,
        String instance,
        List<Told> requests,
        List<Span> spans,
        List<Move> moves,
        List<MirrorTally> mirrors,
        Untold untold) {

    /** Characters of one explanation at most. */
    public static final int LONGEST_EXPLANATION = 16_384;

    public SidecarDetails {
        requests = requests == null ? List.of() : List.copyOf(requests);
        spans = spans == null ? List.of() : List.copyOf(spans);
        moves = moves == null ? List.of() : List.copyOf(moves);
        mirrors = mirrors == null ? List.of() : List.copyOf(mirrors);
        untold = untold == null ? Untold.NOTHING : untold;
    }

    /**
     * One request.
     *
     * @param spanId of its hop; {@code parentSpanId} is {@code null} where the trace begins
     * @param explained the {@link io.signalbox.mesh.explain.ExplainedRequest} read when somebody asks; without text when there is
     *     no more than the line
     */
    public record Told(
            RequestLine line, String spanId, @Nullable String parentSpanId, JsonText explained) {}

    /**
     * A circuit that moved, or an endpoint that was left out or came back.
     *
     * @param agoMillis how long ago, when it was told
     */
    public record Move(MeshEvent event, long agoMillis) {}

    /** How many there were that will never be told, since too many came at once or nobody heard them. */
    public record Untold(long requests, long spans, long moves) {

        public static final Untold NOTHING = new Untold(0, 0, 0);

        public Untold plus(Untold more) {
            return new Untold(requests + more.requests, spans + more.spans, moves + more.moves);
        }

        public long sum() {
            return requests + spans + moves;
        }
    }

    public boolean isEmpty() {
        return requests.isEmpty() && spans.isEmpty() && moves.isEmpty() && mirrors.isEmpty() && untold.sum() == 0;
    }
}
