package io.signalbox.mesh.explain;

import io.signalbox.mesh.explain.ExplainedRequest.Certainty;
import io.signalbox.mesh.routing.RouteDecision;
import java.util.List;

/**
 * Makes a recorded decision again, step by step, from the configuration that made it and the lots that were drawn. Pure.
 */
public final class Explainer {

    private Explainer() {}

    /** @param depth where it stands in its trace */
    public static ExplainedRequest explain(DecisionRecord record, int depth) {
        return switch (record.decision()) {
            case RouteDecision.Routed routed -> told(record, depth, Replay.of(record, routed));
            case RouteDecision.AnsweredHere answered -> told(record, depth, Replay.of(record, answered));
            case RouteDecision.UnknownService _ -> undecided(record, depth);
            case null -> undecided(record, depth);
        };
    }

    private static ExplainedRequest undecided(DecisionRecord record, int depth) {
        return new ExplainedRequest(
                RequestLine.of(record),
                depth,
                Certainty.REPLAYED,
                List.of(),
                null,
                null,
                null,
                null,
                List.of(),
                record.refusedBy(),
                record.arrival() == null ? null : record.arrival().accessRule(),
                null);
    }

    private static ExplainedRequest told(DecisionRecord record, int depth, Replay replay) {
        RouteDecision decision = record.decision();
        return new ExplainedRequest(
                RequestLine.of(record),
                depth,
                replay.certainty(),
                RuleStep.all(replay.trials(), replay.reason()),
                decision instanceof RouteDecision.Routed routed ? VersionChoice.of(routed) : null,
                decision instanceof RouteDecision.AnsweredHere answered ? RuleAnswer.of(answered) : null,
                replay.key(),
                decision instanceof RouteDecision.Routed routed ? Limits.of(routed) : null,
                record.attempts().stream().map(AttemptStep::of).toList(),
                record.refusedBy());
    }
}
