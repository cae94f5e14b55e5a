package io.signalbox.mesh.controlplane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.signalbox.mesh.client.MeshConnection;
import io.signalbox.mesh.client.attach.CircuitOrder;
import io.signalbox.mesh.client.attach.CircuitQuestion;
import io.signalbox.mesh.client.attach.ReadUpdate;
import io.signalbox.mesh.client.attach.TrustUpdate;
import io.signalbox.mesh.client.attach.UpdateReader;
import io.signalbox.mesh.client.remote.SidecarLine;
import io.signalbox.mesh.config.AccessToken;
import io.signalbox.mesh.controlplane.http.ControlPlaneServer;
import io.signalbox.mesh.model.status.ServiceKind;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Sidecars of two control planes that share a store, when one of the two no longer reaches it. */
final class SharedStreamsTest {

    private static final Duration A_LEASE = Replica.LEASE.plusSeconds(2);

    private final SharedMesh mesh = new SharedMesh();
    private final AccessToken token = AccessToken.generate(new Random(1));
    private final ControlPlaneServer a = serve(mesh.a);
    private final ControlPlaneServer b = serve(mesh.b);
    private final Told told = new Told();
    private final SidecarLine line = new SidecarLine(
            List.of(a.uri(), b.uri()),
            Optional.of(token),
            Optional.empty(),
            new Random(1),
            new UpdateReader(1),
            "cart",
            "cart-1");
    private final MeshConnection.Subscription following = line.follow(ServiceKind.SERVICE, told);

    @AfterEach
    void close() {
        following.close();
        line.close();
        a.close();
        b.close();
        mesh.close();
    }

    @Test
    void theStreamOfOneThatIsCutOffEndsAndTheSidecarIsToldByTheOther() {
        await().until(() -> told.whole.get() == 1);

        mesh.a.way.cut();
        mesh.pass(A_LEASE);
        await().until(() -> told.whole.get() == 2);
        int before = told.changes.get();
        mesh.b.put("3s");

        await().until(() -> told.changes.get() > before);
        assertThat(told.ended).hasPositiveValue();
    }

    @Test
    void oneThatIsCutOffOpensNoStreamAndSaysThatAnotherMay() throws IOException, InterruptedException {
        await().until(() -> told.whole.get() == 1);
        mesh.a.way.cut();
        mesh.pass(A_LEASE);

        assertThat(status(a)).isEqualTo(503);
        assertThat(status(b)).isEqualTo(200);
    }

    @Test
    void oneThatIsAloneKeepsItsStreamsThoughItIsCutOff() {
        await().until(() -> told.whole.get() == 1);
        mesh.b.close();
        mesh.pass(A_LEASE);

        mesh.a.way.cut();
        mesh.pass(A_LEASE);

        assertThat(mesh.a.controlPlane.isCutOff()).isTrue();
        assertThat(mesh.a.controlPlane.sendsAway()).isFalse();
        assertThat(told.ended).hasValue(0);
    }

    private int status(ControlPlaneServer server) throws IOException, InterruptedException {
        URI stream = server.uri().resolve("/api/v1/sidecars/config?service=orders&instance=orders-1");
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<InputStream> answer = client.send(
                    HttpRequest.newBuilder(stream)
                            .header("Authorization", "Bearer " + token.text())
                            .build(),
                    HttpResponse.BodyHandlers.ofInputStream());
            answer.body().close();
            assertThat(answer.headers().firstValue("Signalbox-Cut-Off").isPresent())
                    .isEqualTo(answer.statusCode() == 503);
            return answer.statusCode();
        }
    }

    private ControlPlaneServer serve(SharedMesh.Plane plane) {
        return ControlPlaneServer.start(plane.controlPlane, Doorkeeper.of(token), 0, (_, _) -> {});
    }

    /** Counts what a sidecar is told. */
    private static final class Told implements SidecarLine.Listener {

        private final AtomicInteger whole = new AtomicInteger();
        private final AtomicInteger changes = new AtomicInteger();
        private final AtomicInteger ended = new AtomicInteger();

        @Override
        public void whole(ReadUpdate update) {
            whole.incrementAndGet();
        }

        @Override
        public void change(ReadUpdate update) {
            changes.incrementAndGet();
        }

        @Override
        public void warm(ReadUpdate update) {}

        @Override
        public void circuit(CircuitOrder order) {}

        @Override
        public void question(CircuitQuestion question) {}

        @Override
        public void trust(TrustUpdate update) {}

        @Override
        public void unreadable(String why) {
            throw new AssertionError(why);
        }

        @Override
        public void disconnected(String why) {
            ended.incrementAndGet();
        }
    }
}
