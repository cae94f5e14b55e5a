package io.signalbox.mesh.canary.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.mesh.canary.Criteria;
import io.signalbox.mesh.model.Splitting;
import io.signalbox.mesh.model.SuccessRate;
import io.signalbox.mesh.model.Weight;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RolloutCriteriaTest {

    @Test
    void thePolicysDefaultsAreTheVerdictsOwn() {
        Splitting.Canary plan = new Splitting.Canary(
                "v1", "v2", new Weight(10), new Weight(10), Duration.ofMinutes(5), Weight.ALL, new SuccessRate(0.99));

        assertThat(RolloutCriteria.of(plan)).isEqualTo(Criteria.DEFAULT);
    }
}
