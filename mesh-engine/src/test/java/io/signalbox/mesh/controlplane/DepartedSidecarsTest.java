package io.signalbox.mesh.controlplane;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

final class DepartedSidecarsTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private final DepartedSidecars departed = new DepartedSidecars();

    @Test
    void whoLeavesUnderManyNamesPushesOutOnlyItsOwn() {
        SidecarName cart = new SidecarName("cart", "cart-1");
        departed.left(cart, NOW);

        for (int i = 0; i < 5_000; i++) {
            departed.left(new SidecarName("catalog", "catalog-" + i), NOW);
        }

        assertThat(departed.since(cart)).contains(NOW);
        assertThat(departed.named("catalog")).hasSize(999).containsKey("catalog-4999");
    }
}
