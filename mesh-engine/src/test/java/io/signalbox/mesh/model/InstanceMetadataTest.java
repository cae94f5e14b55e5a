package io.signalbox.mesh.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InstanceMetadataTest {

    @Test
    void weightAndZoneReachTheEndpoint() {
        Endpoint endpoint = Endpoint.of(instance(Map.of("weight", "30", "zone", "north")));

        assertThat(endpoint.weight()).isEqualTo(30);
        assertThat(endpoint.zone()).isEqualTo("north");
    }

    @Test
    void withoutThemAnEndpointWeighsOneAndIsNowhere() {
        Endpoint endpoint = Endpoint.of(instance(Map.of("zone", " ")));

        assertThat(endpoint.weight()).isEqualTo(1);
        assertThat(endpoint.zone()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "1001", "-1", "1.5", "heavy", "", "99999999999", "٣"})
    void aWeightThatIsNoneIsRefused(String weight) {
        assertThatThrownBy(() -> instance(Map.of("weight", weight)))
                .isInstanceOf(InvalidValueException.class)
                .hasMessage("metadata.weight: " + weight + " (expected: 1..1000)");
    }

    private static ServiceInstance instance(Map<String, String> metadata) {
        return new ServiceInstance(
                "catalog",
                "catalog-1",
                "127.0.0.1",
                8080,
                Protocol.HTTP,
                metadata,
                Health.HEALTHY,
                Instant.EPOCH,
                Instant.EPOCH);
    }
}
