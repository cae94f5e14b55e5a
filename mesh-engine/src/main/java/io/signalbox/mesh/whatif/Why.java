package io.signalbox.mesh.whatif;

import io.signalbox.mesh.whatif.Change.Kind;
import java.util.EnumSet;
import java.util.Set;

/** Says what makes a change exact, or an estimate. */
final class Why {

    private static final Set<Kind> RUN_OVER =
            EnumSet.of(Kind.LIMITED, Kind.NOT_LIMITED, Kind.CIRCUIT_OPEN, Kind.CIRCUIT_NOT_OPEN);

    private Why() {}

    /** Whether something has to be assumed, whatever the request says. */
    static boolean isAlwaysAnEstimate(Kind kind) {
        return kind == Kind.TIMED_OUT || isRunOver(kind);
    }

    /** Whether it comes of running something over one request after the other. */
    static boolean isRunOver(Kind kind) {
        return RUN_OVER.contains(kind);
    }

    static String of(Kind kind, Certainty certainty, Population population) {
        return switch (kind) {
            case LIMITED, NOT_LIMITED ->
                "counted by when they came"
                        + (population.share() < 1 ? ", the limit taken down to the share that was kept" : "");
            case CIRCUIT_OPEN, CIRCUIT_NOT_OPEN ->
                "circuits run again over how the kept attempts ended"
                        + (population.share() < 1 ? "; failures are kept more often than successes" : "");
            case TIMED_OUT -> "they took longer when they were recorded; they may not the next time";
            case FAULT, NO_FAULT, MIRRORED, NOT_MIRRORED ->
                certainty == Certainty.EXACT
                        ? "decided again, and all such requests are meant"
                        : "the share of such requests; which ones is drawn anew";
            case RETRY ->
                certainty == Certainty.EXACT
                        ? "the terms are others; what a retry had brought is not known"
                        : "by chance: no lot was drawn for it when it was recorded";
            case VERSION, NO_ENDPOINTS, ANSWER, DENIED, ADMITTED, TIMEOUT, EDITS ->
                certainty == Certainty.EXACT
                        ? "decided again with what the request carried and the lots that were drawn"
                        : "by chance: no lot was drawn for it when it was recorded";
        };
    }
}
