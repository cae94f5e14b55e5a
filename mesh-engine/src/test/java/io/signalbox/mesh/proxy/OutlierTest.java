package io.signalbox.mesh.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.signalbox.mesh.metrics.ScrapeFormat;
import io.signalbox.mesh.model.BreakerCommand;
import io.signalbox.mesh.model.BreakerScope;
import io.signalbox.mesh.model.BreakerState;
import io.signalbox.mesh.model.ChangeNote;
import io.signalbox.mesh.model.CircuitBreakerConfig;
import io.signalbox.mesh.model.EjectionEnd;
import io.signalbox.mesh.model.OutlierDetection;
import io.signalbox.mesh.model.Protection;
import io.signalbox.mesh.proxy.outbound.CircuitView;
import io.signalbox.mesh.resilience.Ejection;
import io.signalbox.mesh.resilience.OutlierMove;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Endpoints that are left out, and circuits of whole services, on real connections. */
class OutlierTest extends MeshCase {

    private static final CircuitBreakerConfig NEVER = new CircuitBreakerConfig(1_000, 1, Duration.ofSeconds(60), 1);
    private static final ChangeNote NOTE = new ChangeNote("test", "to see");

    @Test
    void anEndpointThatKeepsFailingIsLeftOutThoughItsCircuitIsClosed() throws IOException {
        TestApp good = expose(TestApp.saying(200, "good"));
        TestApp bad = expose(TestApp.saying(500, "bad"));
        outliers(0.5);

        List<Integer> statuses = statuses(20);

        assertThat(bad.asked()).hasSize(3);
        assertThat(good.asked()).hasSize(17);
        assertThat(statuses.subList(6, 20)).containsOnly(200);
        CircuitView left = circuitWithEjection();
        assertThat(left.breaker().state()).isEqualTo(BreakerState.CLOSED);
        assertThat(left.ejection().orElseThrow().times()).isEqualTo(1);
    }

    @Test
    void whoIsLeftOutIsToldAndCountedAndReturnsWithTheRule() throws IOException {
        List<OutlierMove> moves = new CopyOnWriteArrayList<>();
        shop.onEjection((service, move) -> moves.add(move));
        expose(TestApp.saying(200, "good"));
        String bad = "catalog-" + expose(TestApp.saying(500, "bad")).port();
        outliers(0.5);
        statuses(20);
        Ejection ejection = circuitWithEjection().ejection().orElseThrow();
        assertThat(scrape())
                .contains("reason=\"failures-in-a-row\"")
                .containsPattern("signalbox_endpoint_ejected\\{[^}]*endpoint=\"" + bad + "\"[^}]*} 1");

        mesh.policy(TestMesh.draft("catalog").breaker(NEVER).done());

        assertThat(moves)
                .containsExactly(
                        new OutlierMove.Ejected(bad, ejection),
                        new OutlierMove.Returned(bad, EjectionEnd.RULE_REMOVED));
        assertThat(ejection.ejected()).isEqualTo(1);
        assertThat(ejection.endpoints()).isEqualTo(2);
        assertThat(scrape()).containsPattern("signalbox_endpoint_ejected\\{[^}]*endpoint=\"" + bad + "\"[^}]*} 0");
    }

    @Test
    void whenAllOfThemAreLeftOutTheyServeAllTheSame() throws IOException {
        TestApp one = expose(TestApp.saying(500, "bad"));
        TestApp other = expose(TestApp.saying(500, "bad"));
        outliers(1.0);

        assertThat(statuses(20)).containsOnly(500);
        assertThat(one.asked().size() + other.asked().size()).isEqualTo(20);
        assertThat(one.asked().size()).isBetween(8, 12);
    }

    @Test
    void aCircuitOfTheServiceRefusesForAllEndpointsTogether() throws IOException {
        List<String> moves = new CopyOnWriteArrayList<>();
        shop.onCircuitMoved((endpoint, move) -> moves.add(move.to().wireName()));
        expose(TestApp.saying(500, "bad"));
        expose(TestApp.saying(500, "bad"));
        ofService();

        assertThat(statuses(4)).containsOnly(500);
        assertThat(get("/").cause()).isEqualTo("breaker-open");
        assertThat(shop.circuits())
                .hasSize(2)
                .allSatisfy(view -> assertThat(view.breaker().state()).isEqualTo(BreakerState.OPEN))
                .allSatisfy(view -> assertThat(view.breaker().refused())
                        .as("one call, one refusal")
                        .isEqualTo(1));
        assertThat(moves).containsExactly("open", "open");
    }

    @Test
    void anOperatorMayHoldOneEndpointOpenAndClosesTheServicesCircuit() throws IOException {
        TestApp bad = expose(TestApp.saying(500, "bad"));
        TestApp other = expose(TestApp.saying(500, "bad"));
        ofService();
        statuses(4);

        shop.breaker("catalog-" + bad.port(), BreakerCommand.OPEN, NOTE);
        shop.breaker("catalog-" + other.port(), BreakerCommand.CLOSE, NOTE);
        int before = other.asked().size();
        assertThat(statuses(2)).containsOnly(500);

        assertThat(other.asked()).hasSize(before + 2);
    }

    @Test
    void backToCircuitsOfEndpointsEachIsJudgedAlone() throws IOException {
        expose(TestApp.saying(500, "bad"));
        ofService();
        statuses(4);
        mesh.policy(TestMesh.draft("catalog").breaker(NEVER).done());

        assertThat(get("/").status()).isEqualTo(500);
    }

    private String scrape() throws IOException {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        shop.metrics().scrape(text, ScrapeFormat.PROMETHEUS);
        return text.toString(StandardCharsets.UTF_8);
    }

    private void outliers(double share) {
        OutlierDetection detection =
                new OutlierDetection(3, Optional.empty(), Duration.ofSeconds(30), Duration.ofSeconds(300), share);
        mesh.policy(TestMesh.draft("catalog")
                .breaker(NEVER)
                .done()
                .withProtection(Protection.NONE.withOutliers(detection)));
    }

    private void ofService() {
        mesh.policy(TestMesh.draft("catalog")
                .breaker(new CircuitBreakerConfig(4, 1, Duration.ofSeconds(60), 1).withScope(BreakerScope.SERVICE))
                .done());
    }

    private List<Integer> statuses(int calls) throws IOException {
        int[] statuses = new int[calls];
        for (int i = 0; i < calls; i++) {
            statuses[i] = get("/").status();
        }
        return IntStream.of(statuses).boxed().toList();
    }

    private CircuitView circuitWithEjection() {
        await().until(() ->
                shop.circuits().stream().anyMatch(view -> view.ejection().isPresent()));
        return shop.circuits().stream()
                .filter(view -> view.ejection().isPresent())
                .findFirst()
                .orElseThrow();
    }
}
