package io.signalbox.mesh.autopsy;

import io.signalbox.mesh.autopsy.Counterfactual.Outcome;
import io.signalbox.mesh.model.CircuitBreakerConfig;
import io.signalbox.mesh.model.DurationText;
import io.signalbox.mesh.model.Protocol;
import io.signalbox.mesh.resilience.Opening;
import io.signalbox.mesh.resilience.OpeningReplay;
import io.signalbox.mesh.resilience.Replayed;
import io.signalbox.mesh.resilience.Replayed.Certainty;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What other settings had made of an opening: the recorded calls played again, and trials that had come sooner. Pure. */
final class Counterfactuals {

    private static final List<Integer> PARTS = List.of(2, 6);

    private final Opening opening;
    private final Protocol protocol;
    private final int untold;

    private Counterfactuals(Opening opening, Protocol protocol, int untold) {
        this.opening = opening;
        this.protocol = protocol;
        this.untold = untold;
    }

    /**
     * Says it of the settings that people try first.
     *
     * @param protocol of what was called
     * @param untold how many of the first calls the autopsy leaves out
     */
    static List<Counterfactual> of(Opening opening, Protocol protocol, int untold) {
        Counterfactuals all = new Counterfactuals(opening, protocol, untold);
        return Stream.concat(Alternative.to(opening.config()).stream().map(all::replayed), all.sooner())
                .toList();
    }

    private Counterfactual replayed(Alternative other) {
        return switch (OpeningReplay.of(opening, other.config())) {
            case Replayed.Opens(int call, long sooner, Certainty certainty) ->
                told(
                        other,
                        call == opening.calls().size() - 1 ? Outcome.OPENS_AS_WELL : Outcome.OPENS_SOONER,
                        certainty,
                        sooner == 0 ? null : (Long) sooner,
                        call < untold ? null : (Integer) (call - untold + 1));
            case Replayed.OpensBefore(Certainty certainty) -> told(other, Outcome.OPENS_BEFORE, certainty, null, null);
            case Replayed.OpensLater(long later) -> told(other, Outcome.OPENS_LATER, Certainty.ESTIMATE, later, null);
            case Replayed.StaysClosed(Certainty certainty) -> told(other, Outcome.STAYS_CLOSED, certainty, null, null);
            case Replayed.Unknown() -> told(other, Outcome.UNKNOWN, Certainty.ESTIMATE, null, null);
        };
    }

    private Counterfactual told(
            Alternative other, Outcome outcome, Certainty certainty, @Nullable Long byNanos, @Nullable Integer call) {
        return new Counterfactual(
                other.field(),
                other.value(),
                other.actual(),
                outcome,
                readsTheSame(other.config()) ? certainty : Certainty.ESTIMATE,
                byNanos,
                call,
                null);
    }

    /** A status of gRPC counts with a window alone, so the verdicts may be others where such a status may be. */
    private boolean readsTheSame(CircuitBreakerConfig other) {
        boolean sameKind =
                other.window().isPresent() == opening.config().window().isPresent();
        return sameKind || protocol == Protocol.HTTP || protocol == Protocol.TCP;
    }

    /** Whether a trial had gone well nobody knows, so this is an estimate, and the most that may be hoped for. */
    private Stream<Counterfactual> sooner() {
        Duration actual = opening.config().openDuration();
        return PARTS.stream()
                .map(part -> rounded(actual.dividedBy(part)))
                .filter(other -> opening.refused().calls() > 0)
                .map(other -> new Counterfactual(
                        "openDuration",
                        DurationText.format(other),
                        DurationText.format(actual),
                        Outcome.TRIES_SOONER,
                        Certainty.ESTIMATE,
                        actual.minus(other).toNanos(),
                        null,
                        opening.refused().inFirstOpenTimeAfter(other)));
    }

    private static Duration rounded(Duration exact) {
        if (exact.toSeconds() > 0) {
            return Duration.ofSeconds(exact.toSeconds());
        }
        return exact.toMillis() > 0 ? Duration.ofMillis(exact.toMillis()) : exact;
    }
}
