package io.signalbox.mesh.proxy.conformance;

import io.signalbox.mesh.model.BalancingStrategy;
import io.signalbox.mesh.model.CircuitBreakerConfig;
import io.signalbox.mesh.model.Endpoint;
import io.signalbox.mesh.model.MeshConfig;
import io.signalbox.mesh.model.Protocol;
import io.signalbox.mesh.model.RetryPolicy;
import io.signalbox.mesh.model.ServiceConfig;
import io.signalbox.mesh.model.Splitting;
import io.signalbox.mesh.model.TrafficPolicy;
import io.signalbox.mesh.proxy.SharedResources;
import io.signalbox.mesh.proxy.Sidecar;
import io.signalbox.mesh.proxy.SidecarSpec;
import io.signalbox.mesh.time.Ticker;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** One sidecar that knows the one service {@code app} with one plain endpoint, which each case sets to its own. */
final class ConformanceMesh implements AutoCloseable {

    private static final String SERVICE = "app";
    private static final TrafficPolicy POLICY = new TrafficPolicy(
            SERVICE,
            Duration.ofSeconds(8),
            BalancingStrategy.ROUND_ROBIN,
            new CircuitBreakerConfig(Integer.MAX_VALUE, 1, Duration.ofSeconds(1), 1),
            RetryPolicy.OFF,
            List.of(),
            new Splitting.Unsplit());

    private final SharedResources shared =
            SharedResources.start(Ticker.system(), InstantSource.system(), new Random(9112));
    private final Sidecar sidecar;
    private long revision;
    private int probes;

    ConformanceMesh() {
        this(SidecarSpec.client("caller", "caller-0", null));
    }

    private ConformanceMesh(SidecarSpec spec) {
        sidecar = Sidecar.start(spec, shared);
    }

    /** One in which a host that is no service is the application's all the same. */
    static ConformanceMesh forAnyHost() {
        return new ConformanceMesh(
                SidecarSpec.client("caller", "caller-0", null).withDefaultService(SERVICE));
    }

    void callGoesTo(RecordingUpstream upstream) {
        callGoesTo(upstream.port());
    }

    void callGoesTo(int port) {
        Endpoint endpoint = new Endpoint(SERVICE, "app-1", "v1", "127.0.0.1", port, Protocol.HTTP, null);
        sidecar.apply(new MeshConfig(
                ++revision, Map.of(SERVICE, new ServiceConfig(POLICY, Optional.empty(), List.of(endpoint)))));
    }

    Caller caller() throws IOException {
        return new Caller(sidecar.outboundPort());
    }

    H2Caller h2Caller() throws IOException {
        return new H2Caller(sidecar.outboundPort());
    }

    /**
     * Makes one more, ordinary call, which must get its own answer whatever went before.
     *
     * @return the request as it arrived
     */
    RecordingUpstream.Seen probe(RecordingUpstream upstream) throws IOException {
        String target = RecordingUpstream.PROBE + ++probes;
        try (Caller caller = caller()) {
            caller.send("GET " + target + " HTTP/1.1\nHost: app\nConnection: close\n\n");
            Answer answer = caller.answerTo("GET", "HTTP/1.1");
            RecordingUpstream.Seen seen = answer == null ? null : upstream.bySerial(answer.seen());
            if (seen == null || !seen.request().target().equals(target)) {
                throw new AssertionError("the next request got an answer that is not its own: "
                        + (answer == null ? caller.lost() : answer));
            }
            return seen;
        }
    }

    @Override
    public void close() {
        sidecar.close();
        shared.close();
    }
}
