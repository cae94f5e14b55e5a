package io.signalbox.mesh.autopsy;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.mesh.autopsy.Counterfactual.Outcome;
import io.signalbox.mesh.model.Protocol;
import io.signalbox.mesh.resilience.Opening;
import io.signalbox.mesh.resilience.Openings;
import io.signalbox.mesh.resilience.Replayed.Certainty;
import io.signalbox.mesh.time.ManualTime;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CounterfactualsTest {

    private final Opening counted = Openings.counted(new ManualTime(), 5, 7);

    @Test
    void aCircuitThatCountsIsComparedWithOtherThresholdsWindowsAndOpenTimes() {
        assertThat(of(counted, Protocol.HTTP))
                .containsExactly(
                        told("failureThreshold", "3", "5", Outcome.OPENS_SOONER, Certainty.EXACT, 200_000_000L, 3),
                        told("failureThreshold", "7", "5", Outcome.OPENS_LATER, Certainty.ESTIMATE, 200_000_000L, null),
                        told("failureThreshold", "10", "5", Outcome.STAYS_CLOSED, Certainty.EXACT, null, null),
                        told(
                                "window",
                                "{ minimumCalls: 20 }",
                                "none",
                                Outcome.STAYS_CLOSED,
                                Certainty.EXACT,
                                null,
                                null),
                        told(
                                "window",
                                "{ minimumCalls: 50 }",
                                "none",
                                Outcome.STAYS_CLOSED,
                                Certainty.EXACT,
                                null,
                                null),
                        new Counterfactual(
                                "openDuration",
                                "30s",
                                "1m",
                                Outcome.TRIES_SOONER,
                                Certainty.ESTIMATE,
                                30_000_000_000L,
                                null,
                                1L),
                        new Counterfactual(
                                "openDuration",
                                "10s",
                                "1m",
                                Outcome.TRIES_SOONER,
                                Certainty.ESTIMATE,
                                50_000_000_000L,
                                null,
                                2L));
    }

    @Test
    void whereStatusesOfGrpcMayBeAnotherWayOfJudgingIsAnEstimate() {
        assertThat(of(counted, Protocol.GRPC))
                .filteredOn(other -> other.field().equals("window"))
                .extracting(Counterfactual::certainty)
                .containsOnly(Certainty.ESTIMATE);
        assertThat(of(counted, Protocol.GRPC).getFirst().certainty()).isEqualTo(Certainty.EXACT);
    }

    @Test
    void aShortOpenTimeIsComparedWithOnesThatPeopleWouldWrite() {
        assertThat(of(Openings.counted(new ManualTime(), 5, 7, Duration.ofSeconds(1)), Protocol.HTTP))
                .filteredOn(other -> other.field().equals("openDuration"))
                .extracting(Counterfactual::value)
                .containsExactly("500ms", "166ms");
    }

    @Test
    void aWindowIsComparedInEachOfItsFields() {
        List<Counterfactual> all = of(Openings.windowed(new ManualTime()), Protocol.HTTP);

        assertThat(all)
                .extracting(other -> other.field() + " " + other.value() + " " + other.outcome())
                .containsExactly(
                        "window.minimumCalls 20 STAYS_CLOSED",
                        "window.failureRate 0.3 OPENS_AS_WELL",
                        "window.failureRate 0.7 STAYS_CLOSED",
                        "window.size 60 OPENS_AS_WELL",
                        "window.slowCallDuration 2s OPENS_AS_WELL",
                        "window.slowCallRate 0.6 OPENS_AS_WELL",
                        "window.slowCallRate 1 OPENS_AS_WELL",
                        "failureThreshold 5 STAYS_CLOSED");
        assertThat(all).extracting(Counterfactual::certainty).containsOnly(Certainty.EXACT);
    }

    private static Counterfactual told(
            String field,
            String value,
            String actual,
            Outcome outcome,
            Certainty certainty,
            @Nullable Long byNanos,
            @Nullable Integer call) {
        return new Counterfactual(field, value, actual, outcome, certainty, byNanos, call, null);
    }

    private static List<Counterfactual> of(Opening opening, Protocol protocol) {
        return Counterfactuals.of(opening, protocol, 0);
    }
}
