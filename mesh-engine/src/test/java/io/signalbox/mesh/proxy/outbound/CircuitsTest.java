package io.signalbox.mesh.proxy.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.mesh.model.BreakerCommand;
import io.signalbox.mesh.model.BreakerState;
import io.signalbox.mesh.model.ChangeNote;
import io.signalbox.mesh.model.CircuitBreakerConfig;
import io.signalbox.mesh.model.Endpoint;
import io.signalbox.mesh.model.MeshConfig;
import io.signalbox.mesh.model.Protocol;
import io.signalbox.mesh.model.ServiceConfig;
import io.signalbox.mesh.model.TrafficPolicy;
import io.signalbox.mesh.proxy.transport.Target;
import io.signalbox.mesh.time.ManualTime;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which circuits a sidecar keeps as services come, stay and go. */
final class CircuitsTest {

    private static final Duration LONG = Circuits.FORGET_AFTER.plusSeconds(1);
    private static final CircuitBreakerConfig THRESHOLDS =
            TrafficPolicy.defaults("catalog").circuitBreaker();

    private final ManualTime time = new ManualTime();
    private final Circuits circuits = new Circuits(
            endpoint -> new Target(endpoint.host(), endpoint.instanceId(), 1, null, Target.Speech.HTTP1),
            time,
            time,
            new Random(5));
    private final ServiceConfig catalog = service("catalog", "catalog-1", "catalog-2");
    private final ServiceConfig stock = service("stock", "stock-1");

    @BeforeEach
    void callThem() {
        circuits.apply(config(1, catalog, stock));
        Stream.of(catalog, stock)
                .flatMap(service -> service.endpoints().stream())
                .forEach(endpoint -> circuits.of(endpoint, THRESHOLDS));
    }

    @Test
    void aServiceThatDoesNotChangeKeepsItsCircuitsHoweverLong() {
        time.advance(LONG);
        circuits.apply(config(2, catalog, service("stock", "stock-1", "stock-2")));

        assertThat(circuits.views()).hasSize(3);
    }

    @Test
    void anEndpointThatIsGoneKeepsItsCircuitForAWhileAndNoLonger() {
        circuits.apply(config(2, service("catalog", "catalog-1"), stock));
        time.advance(Circuits.FORGET_AFTER);
        circuits.apply(config(3, service("catalog", "catalog-1"), stock));
        assertThat(instances()).contains("catalog-2");

        time.advance(Duration.ofSeconds(1));
        circuits.apply(config(4, service("catalog", "catalog-1"), stock));
        assertThat(instances()).containsExactly("catalog-1", "stock-1");
    }

    @Test
    void aServiceThatIsGoneKeepsItsCircuitsForAWhileAndNoLonger() {
        circuits.apply(config(2, catalog));
        assertThat(instances()).contains("stock-1");

        time.advance(LONG);
        circuits.apply(config(3, catalog));
        assertThat(instances()).containsExactly("catalog-1", "catalog-2");
    }

    @Test
    void anEndpointThatCameBackInTimeStands() {
        boolean _ = circuits.command(
                Optional.empty(), THRESHOLDS, "catalog-2", BreakerCommand.OPEN, new ChangeNote("mira", "to see"));
        circuits.apply(config(2, service("catalog", "catalog-1"), stock));
        time.advance(Duration.ofMinutes(9));
        circuits.apply(config(3, catalog, stock));
        time.advance(LONG);
        circuits.apply(config(4, catalog, stock));

        assertThat(circuits.views())
                .filteredOn(view -> view.endpoint().instanceId().equals("catalog-2"))
                .singleElement()
                .satisfies(view -> assertThat(view.breaker().state()).isEqualTo(BreakerState.FORCED_OPEN));
    }

    @Test
    void anInstanceThatMovesToAnotherServiceFollowsItThere() {
        ServiceConfig moved = service("cart", "stock-1");
        circuits.apply(config(2, catalog, moved));
        EndpointState _ = circuits.of(moved.endpoints().getFirst(), THRESHOLDS);
        time.advance(LONG);
        circuits.apply(config(3, catalog, moved));

        assertThat(circuits.views())
                .extracting(view -> view.endpoint().service())
                .containsExactly("cart", "catalog", "catalog");
    }

    @Test
    void aCircuitThatAnEarlierRevisionsCallCreatesFollowsWhatIsInForce() {
        CircuitBreakerConfig earlier = new CircuitBreakerConfig(
                THRESHOLDS.failureThreshold() + 1,
                THRESHOLDS.successThreshold(),
                THRESHOLDS.openDuration(),
                THRESHOLDS.halfOpenRequests());
        ServiceConfig wider = service("catalog", "catalog-1", "catalog-2", "catalog-3");
        circuits.apply(config(2, wider, stock));
        EndpointState _ = circuits.of(wider.endpoints().getLast(), earlier);
        Endpoint gone = new Endpoint("catalog", "catalog-9", "v1", "127.0.0.1", 8_080, Protocol.HTTP, null);
        EndpointState _ = circuits.of(gone, THRESHOLDS);

        assertThat(circuits.views())
                .filteredOn(view -> view.endpoint().instanceId().equals("catalog-3"))
                .singleElement()
                .satisfies(view -> assertThat(view.config()).isEqualTo(THRESHOLDS));
        time.advance(LONG);
        circuits.apply(config(3, wider, stock));
        assertThat(instances()).contains("catalog-3").doesNotContain("catalog-9");
    }

    private List<String> instances() {
        return circuits.views().stream()
                .map(view -> view.endpoint().instanceId())
                .toList();
    }

    private static MeshConfig config(long revision, ServiceConfig... services) {
        return new MeshConfig(
                revision,
                Arrays.stream(services).collect(Collectors.toMap(ServiceConfig::service, service -> service)));
    }

    private static ServiceConfig service(String name, String... instances) {
        return new ServiceConfig(
                TrafficPolicy.defaults(name),
                Optional.empty(),
                Arrays.stream(instances)
                        .map(id -> new Endpoint(name, id, "v1", "127.0.0.1", 8_080, Protocol.HTTP, null))
                        .toList());
    }
}
