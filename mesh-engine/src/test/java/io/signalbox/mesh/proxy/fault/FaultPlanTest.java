package io.signalbox.mesh.proxy.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.mesh.model.Fault;
import io.signalbox.mesh.model.FaultDelay;
import io.signalbox.mesh.model.FaultEnd;
import io.signalbox.mesh.model.RouteMatch;
import io.signalbox.mesh.proxy.transport.AnswerPace;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FaultPlanTest {

    private static final FaultEnd.Abort BUSY =
            new FaultEnd.Abort(429, OptionalInt.empty(), Optional.empty(), Optional.empty());

    @Test
    void delaysAddUp() {
        FaultPlan plan = plan(delay("a", Duration.ofMillis(100)), delay("b", Duration.ofMillis(50)));

        assertThat(plan.delay()).isEqualTo(Duration.ofMillis(150));
        assertThat(plan.names()).containsExactly("a", "b");
        assertThat(plan.pace()).isNull();
    }

    @Test
    void delaysTogetherLastNoLongerThanTheLongest() {
        assertThat(plan(delay("a", Duration.ofSeconds(40)), delay("b", Duration.ofSeconds(40)))
                        .delay())
                .isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void theFirstEndHolds() {
        FaultEnd.Reset reset = new FaultEnd.Reset(OptionalInt.empty());

        assertThat(plan(end("a", BUSY), end("b", reset)).end()).isEqualTo(BUSY);
        assertThat(plan(end("a", reset), end("b", BUSY)).resetsAtOnce()).isTrue();
    }

    @Test
    void dripBandwidthAndALateResetShapeOneAnswer() {
        FaultPlan plan = plan(
                paced("a", Optional.of(new Fault.Drip(10, Duration.ofMillis(5))), OptionalInt.empty()),
                paced("b", Optional.of(new Fault.Drip(99, Duration.ofMillis(9))), OptionalInt.of(1_000)),
                end("c", new FaultEnd.Reset(OptionalInt.of(500))));

        assertThat(plan.pace())
                .isEqualTo(new AnswerPace(OptionalInt.of(1_000), 10, Duration.ofMillis(5), OptionalInt.of(500)));
        assertThat(plan.resetsAtOnce()).isFalse();
        assertThat(plan.cause()).isNull();
    }

    private static FaultPlan plan(Fault... faults) {
        return FaultPlan.of(List.of(faults), new Random(1));
    }

    private static Fault delay(String name, Duration length) {
        return fault(name, Optional.of(new FaultDelay.Fixed(length)), Optional.empty(), Fault.Pace.UNHINDERED);
    }

    private static Fault end(String name, FaultEnd end) {
        return fault(name, Optional.empty(), Optional.of(end), Fault.Pace.UNHINDERED);
    }

    private static Fault paced(String name, Optional<Fault.Drip> drip, OptionalInt rate) {
        return fault(name, Optional.empty(), Optional.empty(), new Fault.Pace(drip, rate));
    }

    private static Fault fault(String name, Optional<FaultDelay> delay, Optional<FaultEnd> end, Fault.Pace pace) {
        return new Fault(name, RouteMatch.ANY, Optional.empty(), 100, Fault.Side.SERVER, delay, end, pace);
    }
}
