package io.signalbox.mesh.proxy.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.mesh.model.Cause;
import io.signalbox.mesh.resilience.FailedAttempt.Reach;
import org.junit.jupiter.api.Test;

class OutcomesTest {

    @Test
    void whatThePeersLimitRefusedDidNotReachTheApplication() {
        assertThat(Outcomes.of(429, 0, Cause.RATE_LIMITED).reach()).isEqualTo(Reach.NOT_REACHED);
    }

    @Test
    void whatTheApplicationItselfRefusedDid() {
        assertThat(Outcomes.of(429, 0, null).reach()).isEqualTo(Reach.MAYBE_REACHED);
    }
}
