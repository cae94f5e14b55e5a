package io.signalbox.mesh.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.signalbox.mesh.model.BreakerState;
import io.signalbox.mesh.model.Endpoint;
import io.signalbox.mesh.model.Protocol;
import io.signalbox.mesh.model.RetryCondition;
import io.signalbox.mesh.model.RouteMatch;
import io.signalbox.mesh.model.RoutingRule;
import io.signalbox.mesh.model.Splitting;
import io.signalbox.mesh.model.Weight;
import io.signalbox.mesh.proxy.outbound.CircuitView;
import io.signalbox.mesh.proxy.transport.TransportLimits;
import java.net.Socket;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Where TCP connections go, and what becomes of those that cannot go there. */
class TcpFailureTest extends TcpCase {

    @Override
    protected TransportLimits limits() {
        return TransportLimits.DEFAULT.withIdle(Duration.ofMillis(800));
    }

    @Test
    void whatCannotBeConnectedToIsPassedOver() throws Exception {
        Endpoint dead = expose(closedPort());
        serveEcho();

        for (int i = 0; i < 4; i++) {
            try (Socket socket = connect()) {
                assertThat(ask(socket, "tea")).isEqualTo("tea");
            }
        }

        assertThat(circuitTo(dead).recentFailures()).isPositive();
        assertThat(metric("signalbox_retries_total", "reason=\"connect-failure\""))
                .isPositive();
    }

    @Test
    void aRetryPolicyBoundsHowManyAreTried() throws Exception {
        for (int i = 0; i < 3; i++) {
            expose(closedPort());
        }
        mesh.policy(TestMesh.draft("stock")
                .breaker(50, 1, Duration.ofMinutes(1), 1)
                .retry(2, RetryCondition.CONNECT_FAILURE)
                .done());

        try (Socket socket = connect()) {
            assertThat(isReset(socket)).isTrue();
        }

        assertThat(closed("connect-failure")).isEqualTo(1);
        assertThat(metric("signalbox_retries_total", "")).isEqualTo(1);
    }

    @Test
    void theCircuitOpensAndRefuses() throws Exception {
        Endpoint dead = expose(closedPort());
        mesh.policy(
                TestMesh.draft("stock").breaker(3, 1, Duration.ofMinutes(1), 1).done());

        for (int i = 0; i < 5; i++) {
            try (Socket socket = connect()) {
                assertThat(isReset(socket)).isTrue();
            }
        }

        assertThat(circuitTo(dead).breaker().state()).isEqualTo(BreakerState.OPEN);
        assertThat(closed("connect-failure")).isEqualTo(3);
        assertThat(closed("breaker-open")).isEqualTo(2);
    }

    @Test
    void anApplicationThatResetsOpensTheCircuit() throws Exception {
        serve(RawApp.RawConnection::reset);
        mesh.policy(
                TestMesh.draft("stock").breaker(3, 1, Duration.ofMinutes(1), 1).done());

        for (int i = 0; i < 3; i++) {
            try (Socket socket = connect()) {
                assertThat(isReset(socket)).isTrue();
            }
        }

        assertThat(closed("upstream-reset")).isEqualTo(3);
        assertThat(shop.circuits().getFirst().breaker().state()).isEqualTo(BreakerState.OPEN);
    }

    @Test
    void anApplicationThatIsDownResetsItsCallers() throws Exception {
        mesh.serveTcp("stock", "v1", "stock-1", closedPort());

        try (Socket socket = connect()) {
            assertThat(isReset(socket)).isTrue();
        }
        assertThat(closed("upstream-reset")).isEqualTo(1);
    }

    @Test
    void whoIsNotExpectedIsNotCalled() throws Exception {
        RawApp app = mesh.closing(RawApp.talking(TcpCase::echo));
        mesh.serveTcp("stock", "v1", "stock-1", app.port());
        Endpoint there = mesh.only("stock");
        mesh.deregister("stock-1");
        mesh.register(new Endpoint(
                "stock",
                "stock-1",
                "v1",
                there.host(),
                there.port(),
                Protocol.TCP,
                "spiffe://test.signalbox/service/other"));

        try (Socket socket = connect()) {
            assertThat(isReset(socket)).isTrue();
        }
        assertThat(closed("identity-mismatch")).isEqualTo(1);
        assertThat(app.connections()).isZero();
    }

    @Test
    void aSidecarWithoutAnIdentityCannotReachASecuredEndpoint() throws Exception {
        RawApp app = serveEcho();
        Sidecar intruder =
                mesh.start(SidecarSpec.client("intruder", "intruder-0", null).withTcp(Map.of("stock", 0)));

        try (Socket socket = connect(stockPort(intruder))) {
            assertThat(isReset(socket)).isTrue();
        }
        assertThat(app.connections()).isZero();
    }

    @Test
    void aServiceThatNobodyKnowsIsReset() throws Exception {
        try (Socket socket = connect()) {
            assertThat(isReset(socket)).isTrue();
        }
        await().untilAsserted(() -> assertThat(closed("unknown-service")).isEqualTo(1));
    }

    @Test
    void whatIsIdleForTooLongIsReset() throws Exception {
        // Without a sidecar of its own, which would have the same limit and might be the first.
        expose(mesh.closing(RawApp.talking(TcpCase::echo)).port());

        try (Socket socket = connect()) {
            assertThat(ask(socket, "tea")).isEqualTo("tea");
            assertThat(isReset(socket)).isTrue();
        }
        await().untilAsserted(() -> assertThat(closed("timeout")).isEqualTo(1));
        assertThat(shop.circuits().getFirst().recentFailures()).isZero();
    }

    @Test
    void aSplitDividesConnections() throws Exception {
        RawApp one = mesh.closing(RawApp.talking(connection -> connection.send("v1")));
        RawApp two = mesh.closing(RawApp.talking(connection -> connection.send("v2")));
        mesh.serveTcp("stock", "v1", "stock-1", one.port());
        mesh.serveTcp("stock", "v2", "stock-2", two.port());
        mesh.policy(TestMesh.draft("stock")
                .split(new Splitting.Weighted(Map.of("v1", new Weight(50), "v2", new Weight(50))))
                .done());

        for (int i = 0; i < 40; i++) {
            try (Socket socket = connect()) {
                assertThat(hearAll(socket)).startsWith("v");
            }
        }

        assertThat(one.connections()).isBetween(8, 32);
        assertThat(two.connections()).isEqualTo(40 - one.connections());
    }

    @Test
    void onlyRulesThatLookAtNothingOfARequestApply() throws Exception {
        RawApp one = mesh.closing(RawApp.talking(connection -> connection.send("v1")));
        RawApp two = mesh.closing(RawApp.talking(connection -> connection.send("v2")));
        mesh.serveTcp("stock", "v1", "stock-1", one.port());
        mesh.serveTcp("stock", "v2", "stock-2", two.port());
        RouteMatch everyPath = new RouteMatch(Map.of(), Optional.empty(), Optional.of("/"), Set.of());
        mesh.policy(TestMesh.draft("stock")
                .rules(
                        new RoutingRule(everyPath, "v1", new Weight(100), Optional.empty(), Optional.empty()),
                        new RoutingRule(RouteMatch.ANY, "v2", new Weight(100), Optional.empty(), Optional.empty()))
                .done());

        for (int i = 0; i < 4; i++) {
            try (Socket socket = connect()) {
                assertThat(hearAll(socket)).isEqualTo("v2");
            }
        }
    }

    private CircuitView circuitTo(Endpoint endpoint) {
        return shop.circuits().stream()
                .filter(circuit -> circuit.endpoint().instanceId().equals(endpoint.instanceId()))
                .findFirst()
                .orElseThrow();
    }
}
