package io.signalbox.mesh.controlplane;

import io.signalbox.mesh.client.json.Json;
import io.signalbox.mesh.client.json.JsonText;
import io.signalbox.mesh.client.json.MalformedJsonException;
import io.signalbox.mesh.explain.ExplainedRequest;
import io.signalbox.mesh.explain.KeptRequest;
import io.signalbox.mesh.explain.KnownLots;
import io.signalbox.mesh.explain.Recalled;
import io.signalbox.mesh.explain.RequestLine;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A request as a sidecar in another process told it, with its explanation and what was decided as text: they are read only
 * when somebody asks, and so they are as big as they were sent. Immutable.
 *
 * @param teller whose sidecar told it
 * @param decision a {@link ToldDecision}; {@code null} when it told none
 */
record ToldRequest(
        SidecarName teller,
        RequestLine line,
        String spanId,
        @Nullable String parentSpanId,
        JsonText explained,
        @Nullable JsonText decision)
        implements KeptRequest {

    @Override
    public ExplainedRequest explain(int depth) {
        return explanation().at(depth);
    }

    @Override
    public Set<String> called() {
        Set<String> called = new HashSet<>();
        explanation().attempts().forEach(attempt -> called.add(attempt.instance()));
        return called;
    }

    @Override
    public @Nullable Recalled recalled(KnownLots lots) {
        return ToldDecision.read(decision, this);
    }

    /** The line is the one that was checked, whatever the explanation has. */
    private ExplainedRequest explanation() {
        try {
            ExplainedRequest told = Json.readForeign(explained.text(), ExplainedRequest.class);
            return Json.isWhole(told) ? withLine(told) : untold();
        } catch (MalformedJsonException e) {
            return untold();
        }
    }

    private ExplainedRequest withLine(ExplainedRequest told) {
        return new ExplainedRequest(
                line,
                0,
                told.certainty(),
                told.rules(),
                told.choice(),
                told.answer(),
                told.key(),
                told.limits(),
                told.attempts(),
                told.refusedBy(),
                told.access(),
                null);
    }

    private ExplainedRequest untold() {
        return new ExplainedRequest(
                line, 0, ExplainedRequest.Certainty.UNTOLD, List.of(), null, null, null, null, List.of(), List.of());
    }
}
