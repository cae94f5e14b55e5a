package io.signalbox.mesh.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.testing.integration.EmptyProtos;
import io.grpc.testing.integration.TestServiceGrpc;
import io.signalbox.mesh.config.PolicyFormat;
import io.signalbox.mesh.model.BreakerCommand;
import io.signalbox.mesh.model.ChangeNote;
import io.signalbox.mesh.model.Endpoint;
import io.signalbox.mesh.model.Protocol;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.Test;

/** What the mesh itself answers comes to a caller of gRPC as a status of gRPC: trailers and nothing else, HTTP's 200. */
class GrpcFailureTest extends MeshCase {

    private static final Metadata.Key<String> CAUSE =
            Metadata.Key.of("x-signalbox-cause", Metadata.ASCII_STRING_MARSHALLER);

    @Test
    void anUnknownServiceIsUnimplemented() throws Exception {
        Outcome outcome = ask("nobody");

        assertThat(outcome.code()).isIn(Status.Code.UNIMPLEMENTED, Status.Code.UNAVAILABLE);
        assertFromTheMesh(outcome, "unknown-service");
    }

    @Test
    void aServiceWithoutEndpointsIsUnavailable() throws Exception {
        mesh.policy(TestMesh.draft("catalog").done());

        assertUnavailable(ask("catalog"), "no-endpoints");
    }

    @Test
    void anEndpointThatNobodyListensOnIsUnavailable() throws Exception {
        endpoint(closedPort());

        assertUnavailable(ask("catalog"), "connect-failure");
    }

    @Test
    void anOpenCircuitIsUnavailable() throws Exception {
        endpoint(closedPort());
        shop.breaker("catalog-1", BreakerCommand.OPEN, new ChangeNote("test", "to see"));

        assertUnavailable(ask("catalog"), "breaker-open");
    }

    @Test
    void anEndpointThatBreaksOffIsUnavailable() throws Exception {
        RawApp app = mesh.closing(RawApp.talking(connection -> {
            // The first line of what HTTP/2 begins with: the connection stands.
            connection.http().line();
            connection.reset();
        }));
        endpoint(app.port());

        assertUnavailable(ask("catalog"), "upstream-reset");
    }

    @Test
    void anApplicationBehindASidecarThatNobodyListensOnIsUnavailable() throws Exception {
        mesh.serve("catalog", "v1", "catalog-1", closedPort(), Protocol.GRPC);

        assertUnavailable(ask("catalog"), "app-unreachable");
    }

    @Test
    void whatAnInstanceDoesNotTakeOfItsCallerIsResourceExhaustedAndOpensNoCircuit() throws Exception {
        try (H2cApp app = H2cApp.doing((_, response, callback) -> {
            response.setStatus(503);
            callback.succeeded();
        })) {
            mesh.serve("catalog", "v1", "catalog-1", app.port(), Protocol.GRPC);
            mesh.policy(PolicyFormat.read("apiVersion: signalbox.io/v1\nkind: TrafficPolicy\nservice: catalog\n"
                    + "callerLimit: { requests: 1, per: 1h }\n"
                    + "circuitBreaker: { window: { size: 10, minimumCalls: 2, failureRate: 0.9 } }"));
            ask("catalog");

            for (int i = 0; i < 6; i++) {
                Outcome refused = ask("catalog");
                assertThat(refused.code()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
                assertFromTheMesh(refused, "rate-limited");
            }
        }
    }

    @Test
    void whoMayNotCallAMethodIsDeniedPermissionAndMayCallAnother() throws Exception {
        mesh.serve("catalog", "v1", "catalog-1", closedPort(), Protocol.GRPC);
        String rule = "authorization: { rules: [ { action: deny, match: { sources: [shop], path: /%s } } ] }";
        String head = "apiVersion: signalbox.io/v1\nkind: TrafficPolicy\nservice: catalog\n";
        mesh.policy(PolicyFormat.read(head + rule.formatted("grpc.testing.TestService/EmptyCall")));

        Outcome denied = ask("catalog");
        assertThat(denied.code()).isEqualTo(Status.Code.PERMISSION_DENIED);
        assertFromTheMesh(denied, "access-denied");

        mesh.policy(PolicyFormat.read(head + rule.formatted("grpc.testing.TestService/UnaryCall")));
        assertUnavailable(ask("catalog"), "app-unreachable");
    }

    @Test
    void anInjectedAbortIsTheStatusThatItNames() throws Exception {
        mesh.serve("catalog", "v1", "catalog-1", closedPort(), Protocol.GRPC);
        mesh.policy(PolicyFormat.read("apiVersion: signalbox.io/v1\nkind: TrafficPolicy\nservice: catalog\n"
                + "faults: [ { abort: { grpcStatus: 8, body: too much } } ]"));

        Outcome outcome = ask("catalog");

        assertThat(outcome.code()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
        assertThat(outcome.status().getDescription()).isEqualTo("too much");
        assertFromTheMesh(outcome, "fault-injected");
    }

    @Test
    void anInjectedResetOfAStreamIsUnavailable() throws Exception {
        mesh.serve("catalog", "v1", "catalog-1", closedPort(), Protocol.GRPC);
        mesh.policy(PolicyFormat.read(
                "apiVersion: signalbox.io/v1\nkind: TrafficPolicy\nservice: catalog\n" + "faults: [ { reset: {} } ]"));

        assertUnavailable(ask("catalog"), "upstream-reset");
    }

    @Test
    void theRouteTimeoutIsDeadlineExceeded() throws Exception {
        CompletableFuture<Callback> waiting = new CompletableFuture<>();
        try (H2cApp app = H2cApp.doing((_, _, callback) -> waiting.complete(callback))) {
            mesh.policy(
                    TestMesh.draft("catalog").timeout(Duration.ofMillis(200)).done());
            endpoint(app.port());

            Outcome outcome = ask("catalog");

            assertThat(outcome.code()).isEqualTo(Status.Code.DEADLINE_EXCEEDED);
            assertFromTheMesh(outcome, "timeout");
            if (waiting.isDone()) {
                waiting.join().succeeded();
            }
        }
    }

    private void endpoint(int port) {
        mesh.register(new Endpoint("catalog", "catalog-1", "v1", "127.0.0.1", port, Protocol.GRPC, null));
    }

    private static void assertUnavailable(Outcome outcome, String cause) {
        assertThat(outcome.code()).isEqualTo(Status.Code.UNAVAILABLE);
        assertFromTheMesh(outcome, cause);
    }

    /** A client makes up a status of its own when there is none, and says then what HTTP said. */
    private static void assertFromTheMesh(Outcome outcome, String cause) {
        assertThat(outcome.status().getDescription())
                .isNotBlank()
                .doesNotContain("HTTP status code")
                .doesNotContain("missing GRPC status");
        assertThat(outcome.trailers().get(CAUSE)).isEqualTo(cause);
        assertThat(outcome.headBeforeTrailers()).isFalse();
    }

    private Outcome ask(String authority) throws Exception {
        ManagedChannel channel = NettyChannelBuilder.forAddress(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), shop.outboundPort()))
                .overrideAuthority(authority)
                .usePlaintext()
                .disableRetry()
                .build();
        try {
            CompletableFuture<Outcome> outcome = new CompletableFuture<>();
            ClientCall<EmptyProtos.Empty, EmptyProtos.Empty> call =
                    channel.newCall(TestServiceGrpc.getEmptyCallMethod(), CallOptions.DEFAULT);
            call.start(new Listening(outcome), new Metadata());
            call.sendMessage(EmptyProtos.Empty.getDefaultInstance());
            call.halfClose();
            call.request(2);
            return outcome.get(10, TimeUnit.SECONDS);
        } finally {
            channel.shutdownNow();
        }
    }

    private record Outcome(Status status, Metadata trailers, boolean headBeforeTrailers) {

        Status.Code code() {
            return status.getCode();
        }
    }

    private static final class Listening extends ClientCall.Listener<EmptyProtos.Empty> {

        private final CompletableFuture<Outcome> outcome;
        private volatile boolean head;

        Listening(CompletableFuture<Outcome> outcome) {
            this.outcome = outcome;
        }

        @Override
        public void onHeaders(Metadata headers) {
            head = true;
        }

        @Override
        public void onClose(Status status, Metadata trailers) {
            outcome.complete(new Outcome(status, trailers, head));
        }
    }
}
