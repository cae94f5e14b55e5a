package io.signalbox.mesh.client.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.mesh.event.MeshEvent;
import io.signalbox.mesh.model.BreakerState;
import io.signalbox.mesh.model.EdgeId;
import io.signalbox.mesh.model.EjectionEnd;
import io.signalbox.mesh.model.Weight;
import io.signalbox.mesh.model.status.RolloutCause;
import io.signalbox.mesh.model.status.RolloutPhase;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a newer program tells, in words that this one does not know. */
final class LaterWordsTest {

    private static final EdgeId EDGE = new EdgeId("checkout", "payment");

    @Test
    void anEndOfAnEjectionThatIsNotKnownIsNone() {
        MeshEvent.EndpointReturned event =
                new MeshEvent.EndpointReturned(EDGE, "checkout-1", "payment-2", "why", EjectionEnd.TIME_OVER);
        String json = Json.text(event);

        assertThat(Json.readWhole(json, MeshEvent.class)).isEqualTo(event);
        assertThat(Json.readWhole(json.replace("time-over", "of-tomorrow"), MeshEvent.class))
                .isEqualTo(new MeshEvent.EndpointReturned(EDGE, "checkout-1", "payment-2", "why", null));
    }

    @Test
    void aCauseOfARolloutThatIsNotKnownIsNone() {
        MeshEvent.RolloutMoved event = moved(RolloutCause.STEP_GATE);
        String json = Json.text(event);

        assertThat(Json.readWhole(json, MeshEvent.class)).isEqualTo(event);
        assertThat(Json.readWhole(json.replace("step-gate", "of-tomorrow"), MeshEvent.class))
                .isEqualTo(moved(null));
    }

    @Test
    void wordsThatNothingBesideThemSaysAreStillRefused() {
        assertThatThrownBy(() -> Json.read("\"of-tomorrow\"", BreakerState.class))
                .isInstanceOf(MalformedJsonException.class);
    }

    private static MeshEvent.RolloutMoved moved(@Nullable RolloutCause cause) {
        return new MeshEvent.RolloutMoved(
                "catalog", 3, "v2", RolloutPhase.RUNNING, new Weight(10), "why", cause, null, "signalbox");
    }
}
