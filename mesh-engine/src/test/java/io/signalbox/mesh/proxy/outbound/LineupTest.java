package io.signalbox.mesh.proxy.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.signalbox.mesh.model.BreakerCommand;
import io.signalbox.mesh.model.BreakerState;
import io.signalbox.mesh.model.ChangeNote;
import io.signalbox.mesh.model.CircuitBreakerConfig;
import io.signalbox.mesh.model.Endpoint;
import io.signalbox.mesh.model.Protocol;
import io.signalbox.mesh.time.ManualTime;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LineupTest {

    private static final CircuitBreakerConfig BREAKER = new CircuitBreakerConfig(1, 1, Duration.ofSeconds(60), 1);

    private final ManualTime time = new ManualTime();
    private final Circuits circuits = new Circuits(_ -> null, time, time, new Random(1));

    @Test
    void whatIsUnpackedIsWhatWasThere() {
        SplittableRandom random = new SplittableRandom(5);
        List<Endpoint> endpoints = endpoints(20);
        for (Endpoint endpoint : endpoints) {
            circuits.of(endpoint, BREAKER).inFlight.set(random.nextInt(300));
        }
        command(endpoints.get(3), BreakerCommand.OPEN);
        fail(endpoints.get(4));

        long states = Lineup.states(endpoints, circuits);
        long first = Lineup.loads(endpoints, 0, circuits);
        long second = Lineup.loads(endpoints, 8, circuits);

        assertThat(Lineup.shown(endpoints)).isEqualTo(16);
        for (int i = 0; i < 16; i++) {
            assertThat(Lineup.load(first, second, i)).isEqualTo(Math.min(255, circuits.inFlight(endpoints.get(i))));
            BreakerState expected = switch (i) {
                case 3 -> BreakerState.FORCED_OPEN;
                case 4 -> BreakerState.OPEN;
                default -> BreakerState.CLOSED;
            };
            assertThat(Lineup.seen(states, i)).isEqualTo(new Lineup.Seen(expected, i == 3 || i == 4, false));
        }
    }

    @Test
    void anOpenCircuitWhoseTimeIsOverRefusesNoMore() {
        List<Endpoint> endpoints = endpoints(1);
        fail(endpoints.getFirst());
        time.advance(Duration.ofSeconds(61));

        assertThat(Lineup.seen(Lineup.states(endpoints, circuits), 0))
                .isEqualTo(new Lineup.Seen(BreakerState.OPEN, false, false));
    }

    @Test
    void lookingAtTheEndpointsMakesNothing() {
        List<Endpoint> endpoints = endpoints(20);
        endpoints.forEach(endpoint -> circuits.of(endpoint, BREAKER));
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long seen = look(endpoints);
        int looks = 10_000;

        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < looks; i++) {
            seen += look(endpoints);
        }
        long made = threads.getCurrentThreadAllocatedBytes() - before;

        assertThat(seen).isZero();
        assertThat(made / looks).isZero();
    }

    private long look(List<Endpoint> endpoints) {
        return Lineup.states(endpoints, circuits)
                + Lineup.loads(endpoints, 0, circuits)
                + Lineup.loads(endpoints, 8, circuits);
    }

    private void fail(Endpoint endpoint) {
        Objects.requireNonNull(circuits.of(endpoint, BREAKER).breaker.tryAcquire())
                .failure();
    }

    private void command(Endpoint endpoint, BreakerCommand command) {
        circuits.command(Optional.of(endpoint), BREAKER, endpoint.instanceId(), command, new ChangeNote("mira", ""));
    }

    private static List<Endpoint> endpoints(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> new Endpoint("catalog", "catalog-" + i, "v1", "127.0.0.1", 1, Protocol.HTTP, null))
                .toList();
    }
}
