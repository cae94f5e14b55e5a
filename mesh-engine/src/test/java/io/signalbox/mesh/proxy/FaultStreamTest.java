package io.signalbox.mesh.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.testing.integration.Messages.StreamingOutputCallRequest;
import io.grpc.testing.integration.Messages.StreamingOutputCallResponse;
import io.grpc.testing.integration.TestServiceGrpc;
import io.signalbox.mesh.config.PolicyFormat;
import io.signalbox.mesh.model.Protocol;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Faults of streams of gRPC: what befalls one leaves the others of its connection alone. */
class FaultStreamTest extends MeshCase {

    private static final int MESSAGE = 16 * 1024;
    private static final int MANY = 2_000;
    private static final String POURING = "match: { path: /grpc.testing.TestService/StreamingOutputCall }";

    private final PouringService application = new PouringService(MESSAGE);
    private Server server;
    private ManagedChannel channel;

    @BeforeEach
    void startServer() throws IOException {
        server = NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .addService(application)
                .build()
                .start();
        mesh.serve("catalog", "v1", "catalog-1", server.getPort(), Protocol.GRPC);
        channel = NettyChannelBuilder.forAddress(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), shop.outboundPort()))
                .overrideAuthority("catalog")
                .usePlaintext()
                .disableRetry()
                .build();
    }

    @AfterEach
    void stopServer() {
        channel.shutdownNow();
        server.shutdownNow();
    }

    @ParameterizedTest
    @ValueSource(strings = {"client", "server"})
    void anAbortIsAStatusWithoutAHeadBeforeIt(String side) throws Exception {
        policy("faults: [ { side: " + side + ", abort: { grpcStatus: 8, body: too much } } ]");

        StreamReading reading = pour(1, CallOptions.DEFAULT);

        assertThat(reading.end().getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
        assertThat(reading.end().getDescription()).isEqualTo("too much");
        assertThat(reading.head()).isFalse();
        assertThat(application.written()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"client", "server"})
    void aDelayEndsWithTheCallersDeadline(String side) throws Exception {
        policy("timeout: 50s\nfaults: [ { side: " + side + ", delay: 40s } ]");

        StreamReading reading = pour(1, CallOptions.DEFAULT.withDeadlineAfter(300, TimeUnit.MILLISECONDS));

        assertThat(reading.end().getCode()).isEqualTo(Status.Code.DEADLINE_EXCEEDED);
        awaitNothingUnderWay();
        assertThat(application.written()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"client", "server"})
    void aResetEndsItsStreamAndTheOthersOfTheConnectionGoOn(String side) throws Exception {
        policy("faults: [ { side: " + side + ", " + POURING + ", reset: { afterBytes: 50000 } } ]");
        StreamReading other = new StreamReading();
        ClientCall<StreamingOutputCallRequest, StreamingOutputCallResponse> talking =
                channel.newCall(TestServiceGrpc.getFullDuplexCallMethod(), CallOptions.DEFAULT);
        talking.start(other, new Metadata());
        talking.request(10);
        talking.sendMessage(StreamingOutputCallRequest.getDefaultInstance());
        await().until(() -> other.messages() == 1);

        StreamReading cut = pour(100, CallOptions.DEFAULT);

        assertThat(cut.end().isOk()).isFalse();
        assertThat(cut.messages()).isPositive().isLessThan(100);
        talking.sendMessage(StreamingOutputCallRequest.getDefaultInstance());
        await().until(() -> other.messages() == 2);
        talking.halfClose();
        assertThat(other.end().isOk()).isTrue();
        awaitNothingUnderWay();
    }

    @ParameterizedTest
    @ValueSource(strings = {"client", "server"})
    void aDripHoldsTheWriterBackAsItsWindowsDo(String side) throws Exception {
        policy("faults: [ { side: " + side + ", " + POURING + ", drip: { chunk: 20000, every: 1m } } ]");

        ClientCall<StreamingOutputCallRequest, StreamingOutputCallResponse> call =
                channel.newCall(TestServiceGrpc.getStreamingOutputCallMethod(), CallOptions.DEFAULT);
        StreamReading slowed = begin(call, MANY);

        await().until(() -> slowed.messages() == 1);
        int stood = application.settled();
        assertThat(stood).isLessThan(MANY);
        assertThat(slowed.messages()).isEqualTo(1);
        call.cancel("enough", null);
        awaitNothingUnderWay();
    }

    @ParameterizedTest
    @ValueSource(strings = {"client", "server"})
    void aStreamThatDripsKeepsEveryMessageAndItsStatus(String side) throws Exception {
        policy("faults: [ { side: " + side + ", drip: { chunk: 10000, every: 1ms } } ]");

        StreamReading slowed = pour(20, CallOptions.DEFAULT);

        assertThat(slowed.end().isOk()).isTrue();
        assertThat(slowed.messages()).isEqualTo(20);
    }

    private StreamReading pour(int messages, CallOptions options) {
        return begin(channel.newCall(TestServiceGrpc.getStreamingOutputCallMethod(), options), messages);
    }

    private static StreamReading begin(
            ClientCall<StreamingOutputCallRequest, StreamingOutputCallResponse> call, int messages) {
        StreamReading reading = new StreamReading();
        call.start(reading, new Metadata());
        call.sendMessage(PouringService.asking(messages));
        call.halfClose();
        call.request(messages + 1);
        return reading;
    }

    private void awaitNothingUnderWay() {
        await().atMost(Duration.ofSeconds(5))
                .until(() -> shop.circuits().stream().noneMatch(view -> view.inFlight() > 0));
    }

    private void policy(String fields) {
        mesh.policy(PolicyFormat.read(
                "apiVersion: signalbox.io/v1\nkind: TrafficPolicy\nservice: catalog\n" + fields + "\n"));
    }
}
