package io.signalbox.mesh.controlplane;

import io.signalbox.mesh.client.json.Json;
import io.signalbox.mesh.client.json.JsonParts;
import io.signalbox.mesh.client.json.JsonText;
import io.signalbox.mesh.event.MeshEvent;
import io.signalbox.mesh.explain.Recalled;
import io.signalbox.mesh.explain.RequestLine;
import io.signalbox.mesh.mirror.MirrorTally;
import io.signalbox.mesh.model.InvalidValueException;
import io.signalbox.mesh.trace.Span;
import java.util.ArrayList;
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

    /** Of the JSON of one piece: half of what a control plane reads. */
    static final int MOST_BYTES = 1 << 19;

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
     * @param decision what it takes to decide it again, read when somebody asks what another policy would have made of it;
     *     {@code null} when that is not told, as by older sidecars
     */
    public record Told(
            RequestLine line,
            String spanId,
            @Nullable String parentSpanId,
            JsonText explained,
            @Nullable JsonText decision) {

        /** What is told of it to decide it again; {@code null} when that would be too long. */
        public static @Nullable JsonText decision(Recalled recalled) {
            return ToldDecision.of(recalled);
        }
    }

    /**
     * A circuit that moved, or an endpoint that was left out or came back.
     *
     * @param agoMillis how long ago, when it was told
     * @param number from 1 in the order in which they happened: one that is told again has the same; {@code null} from a
     *     sidecar that tells none again
     * @param run of the sidecar's process that numbered it: another one begins at 1 again
     */
    public record Move(
            MeshEvent event,
            long agoMillis,
            @Nullable Long number,
            @Nullable String run) {}

    /** How many there were that will never be told, since too many came at once or nobody heard them. */
    public record Untold(long requests, long spans, long moves) {

        public static final Untold NOTHING = new Untold(0, 0, 0);

        private static final long MOST = 1L << 40;

        public Untold {
            requireCount("untold.requests", requests);
            requireCount("untold.spans", spans);
            requireCount("untold.moves", moves);
        }

        /** Of each at most 2^40. */
        public Untold plus(Untold more) {
            return new Untold(
                    Math.min(MOST, requests + more.requests),
                    Math.min(MOST, spans + more.spans),
                    Math.min(MOST, moves + more.moves));
        }

        private static void requireCount(String field, long count) {
            InvalidValueException.unless(count >= 0 && count <= MOST, field, count, "0.." + MOST);
        }

        public long sum() {
            return requests + spans + moves;
        }
    }

    /**
     * The same in pieces of which each is small enough to be heard: in the first what must not be lost, moves and what will
     * never be told, then the rest.
     */
    public List<SidecarDetails> pieces() {
        List<SidecarDetails> pieces = new ArrayList<>();
        if (!moves.isEmpty() || untold.sum() != 0) {
            pieces.add(new SidecarDetails(service, instance, List.of(), List.of(), moves, List.of(), untold));
        }
        SidecarDetails rest =
                new SidecarDetails(service, instance, requests, spans, List.of(), mirrors, Untold.NOTHING);
        if (Json.bytes(rest).length <= MOST_BYTES) {
            pieces.add(rest);
        } else {
            JsonParts.of(requests, MOST_BYTES).forEach(part -> pieces.add(rest(part, List.of(), List.of())));
            JsonParts.of(spans, MOST_BYTES).forEach(part -> pieces.add(rest(List.of(), part, List.of())));
            JsonParts.of(mirrors, MOST_BYTES).forEach(part -> pieces.add(rest(List.of(), List.of(), part)));
        }
        return pieces.stream().filter(piece -> !piece.isEmpty()).toList();
    }

    private SidecarDetails rest(List<Told> someRequests, List<Span> someSpans, List<MirrorTally> someMirrors) {
        return new SidecarDetails(service, instance, someRequests, someSpans, List.of(), someMirrors, Untold.NOTHING);
    }

    public boolean isEmpty() {
        return requests.isEmpty() && spans.isEmpty() && moves.isEmpty() && mirrors.isEmpty() && untold.sum() == 0;
    }
}
