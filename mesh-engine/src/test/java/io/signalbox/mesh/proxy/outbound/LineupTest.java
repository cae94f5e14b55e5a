package io.signalbox.mesh.proxy.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.signalbox.mesh.explain.Candidate;
import io.signalbox.mesh.explain.Candidate.LeftOut;
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
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LineupTest {

    private static final CircuitBreakerConfig BREAKER = new CircuitBreakerConfig(1, 1, Duration.ofSeconds(60), 1);

    private final ManualTime time = new ManualTime();
    private final Circuits circuits = new Circuits(_ -> null, time, time);

    @Test
    void whatIsUnpackedIsWhatWasThere() {
        SplittableRandom random = new SplittableRandom(5);
        List<Endpoint> endpoints = endpoints(20);
        for (Endpoint endpoint : endpoints) {
            circuits.of(endpoint, BREAKER).inFlight.set(random.nextInt(300));
        }
        command(endpoints.get(3), BreakerCommand.OPEN);
        fail(endpoints.get(4));

        List<Candidate> seen = lineup(endpoints, Set.of("catalog-9", "catalog-3"));

        assertThat(seen).hasSize(16);
        for (int i = 0; i < seen.size(); i++) {
            Candidate candidate = seen.get(i);
            int inFlight = circuits.inFlight(endpoints.get(i));
            assertThat(candidate.instance()).isEqualTo("catalog-" + i);
            assertThat(candidate.inFlight()).isEqualTo(Math.min(255, inFlight));
            LeftOut expected = switch (i) {
                case 3 -> LeftOut.CIRCUIT_FORCED_OPEN;
                case 4 -> LeftOut.CIRCUIT_OPEN;
                case 9 -> LeftOut.TRIED_BEFORE;
                default -> null;
            };
            assertThat(candidate.leftOut()).isEqualTo(expected);
        }
    }

    @Test
    void anOpenCircuitWhoseTimeIsOverIsACandidateAgain() {
        List<Endpoint> endpoints = endpoints(1);
        fail(endpoints.getFirst());
        time.advance(Duration.ofSeconds(61));

        assertThat(lineup(endpoints, Set.of()))
                .containsExactly(new Candidate("catalog-0", "v1", BreakerState.OPEN, 0, null));
    }

    @Test
    void whenAllRefuseEachSaysWhy() {
        List<Endpoint> endpoints = endpoints(2);
        command(endpoints.get(0), BreakerCommand.OPEN);
        fail(endpoints.get(1));

        assertThat(Lineup.refusing(endpoints, circuits))
                .extracting(Candidate::leftOut)
                .containsExactly(LeftOut.CIRCUIT_FORCED_OPEN, LeftOut.CIRCUIT_OPEN);
    }

    @Test
    void lookingAtTheEndpointsMakesNothing() {
        List<Endpoint> endpoints = endpoints(20);
        endpoints.forEach(endpoint -> circuits.of(endpoint, BREAKER));
        Set<String> tried = Set.of();
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long seen = look(endpoints, tried);
        int looks = 10_000;

        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < looks; i++) {
            seen += look(endpoints, tried);
        }
        long made = threads.getCurrentThreadAllocatedBytes() - before;

        assertThat(seen).isZero();
        assertThat(made / looks).isZero();
    }

    private long look(List<Endpoint> endpoints, Set<String> tried) {
        return Lineup.states(endpoints, tried, circuits)
                + Lineup.loads(endpoints, 0, circuits)
                + Lineup.loads(endpoints, 8, circuits);
    }

    private List<Candidate> lineup(List<Endpoint> endpoints, Set<String> tried) {
        return Lineup.unpacked(
                endpoints,
                Lineup.states(endpoints, tried, circuits),
                Lineup.loads(endpoints, 0, circuits),
                Lineup.loads(endpoints, 8, circuits));
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
