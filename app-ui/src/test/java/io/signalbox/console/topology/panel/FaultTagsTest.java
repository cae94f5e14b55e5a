package io.signalbox.console.topology.panel;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.mesh.client.MeshConnection.PolicyText;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FaultTagsTest {

    @Test
    void onlyFaultsThatBefallAnythingAreInForce() {
        assertThat(FaultTags.inForce(policy("""
            faults:
              - { name: slow, share: 0.5, delay: { fixed: 80ms } }
              - { name: switched-off, share: 0, abort: { status: 503 } }
            """))).containsExactly("slow");
    }

    @Test
    void aPolicyThatIsNotKnownOrNotUnderstoodHasNone() {
        assertThat(FaultTags.inForce(Optional.empty())).isEmpty();
        assertThat(FaultTags.inForce(policy("fieldOfALaterVersion: 1\n"))).isEmpty();
    }

    private static Optional<PolicyText> policy(String fields) {
        return Optional.of(new PolicyText("payment", 3, """
            apiVersion: signalbox.io/v1
            kind: TrafficPolicy
            service: payment
            """ + fields));
    }
}
