package io.signalbox.mesh.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.mesh.event.MeshEvent.Drain;
import io.signalbox.mesh.time.ManualTime;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

final class ManyInstancesTest {

    private static final int MANY = 5_000;
    private static final int LOOKS = 400;

    @Test
    @Timeout(value = 20, unit = TimeUnit.SECONDS)
    void aLookAtEachOfThousandsDoesNotPassAllOthers() {
        ManualTime time = new ManualTime();
        ServiceRegistry registry = new ServiceRegistry(ServiceRegistry.TIME_TO_LIVE, time, time);
        for (int i = 0; i < MANY; i++) {
            registry.register(Instances.of("many", "many-" + i));
        }

        int serving = 0;
        for (int look = 0; look < LOOKS; look++) {
            for (int i = 0; i < MANY; i++) {
                if (registry.drain("many", "many-" + i).orElseThrow() == Drain.SERVING) {
                    serving++;
                }
            }
        }
        assertThat(serving).isEqualTo(MANY * LOOKS);
        assertThat(registry.drain("many", "many-5000")).isEmpty();
        assertThat(registry.drain("many", "")).isEmpty();
        assertThat(registry.drain("many", "zzz")).isEmpty();
    }
}
