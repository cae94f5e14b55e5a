package io.signalbox.mesh.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.grpc.testing.integration.Messages.Payload;
import io.grpc.testing.integration.Messages.StreamingOutputCallRequest;
import io.grpc.testing.integration.Messages.StreamingOutputCallResponse;
import io.grpc.testing.integration.TestServiceGrpc;
import io.signalbox.mesh.config.PolicyFormat;
import io.signalbox.mesh.model.Protocol;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Faults of streams of gRPC: what befalls one leaves the others of its connection alone. */
class FaultStreamTest extends MeshCase {

    private static final int MESSAGE = 16 * 1024;
    private static final int MANY = 2_000;
    private static final String POURING = "match: { path: /grpc.testing.TestService/StreamingOutputCall }";

    private final AtomicInteger written = new AtomicInteger();
    private Server server;
    private ManagedChannel channel;

    @BeforeEach
    void startServer() throws IOException {
        server = NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .addService(new Application())
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

        Reading reading = pour(1, CallOptions.DEFAULT);

        assertThat(reading.end().getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
        assertThat(reading.end().getDescription()).isEqualTo("too much");
        assertThat(reading.head).isFalse();
        assertThat(written.get()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"client", "server"})
    void aDelayEndsWithTheCallersDeadline(String side) throws Exception {
        policy("timeout: 50s\nfaults: [ { side: " + side + ", delay: 40s } ]");

        Reading reading = pour(1, CallOptions.DEFAULT.withDeadlineAfter(300, TimeUnit.MILLISECONDS));

        assertThat(reading.end().getCode()).isEqualTo(Status.Code.DEADLINE_EXCEEDED);
        awaitNothingUnderWay();
        assertThat(written.get()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"client", "server"})
    void aResetEndsItsStreamAndTheOthersOfTheConnectionGoOn(String side) throws Exception {
        policy("faults: [ { side: " + side + ", " + POURING + ", reset: { afterBytes: 50000 } } ]");
        Reading other = new Reading();
        ClientCall<StreamingOutputCallRequest, StreamingOutputCallResponse> talking =
                channel.newCall(TestServiceGrpc.getFullDuplexCallMethod(), CallOptions.DEFAULT);
        talking.start(other, new Metadata());
        talking.request(10);
        talking.sendMessage(StreamingOutputCallRequest.getDefaultInstance());
        await().until(() -> other.messages.get() == 1);

        Reading cut = pour(100, CallOptions.DEFAULT);

        assertThat(cut.end().isOk()).isFalse();
        assertThat(cut.messages.get()).isPositive().isLessThan(100);
        talking.sendMessage(StreamingOutputCallRequest.getDefaultInstance());
        await().until(() -> other.messages.get() == 2);
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
        Reading slowed = begin(call, MANY);

        await().until(() -> slowed.messages.get() == 1);
        int stood = settled();
        assertThat(stood).isLessThan(MANY);
        assertThat(slowed.messages.get()).isEqualTo(1);
        call.cancel("enough", null);
        awaitNothingUnderWay();
    }

    @ParameterizedTest
    @ValueSource(strings = {"client", "server"})
    void aStreamThatDripsKeepsEveryMessageAndItsStatus(String side) throws Exception {
        policy("faults: [ { side: " + side + ", drip: { chunk: 10000, every: 1ms } } ]");

        Reading slowed = pour(20, CallOptions.DEFAULT);

        assertThat(slowed.end().isOk()).isTrue();
        assertThat(slowed.messages.get()).isEqualTo(20);
    }

    private Reading pour(int messages, CallOptions options) {
        return begin(channel.newCall(TestServiceGrpc.getStreamingOutputCallMethod(), options), messages);
    }

    private static Reading begin(
            ClientCall<StreamingOutputCallRequest, StreamingOutputCallResponse> call, int messages) {
        Reading reading = new Reading();
        call.start(reading, new Metadata());
        call.sendMessage(StreamingOutputCallRequest.newBuilder()
                .setPayload(Payload.newBuilder().setBody(ByteString.copyFromUtf8(Integer.toString(messages))))
                .build());
        call.halfClose();
        call.request(messages + 1);
        return reading;
    }

    private int settled() {
        await().atMost(Duration.ofSeconds(15)).until(() -> {
            int before = written.get();
            await().pollDelay(Duration.ofMillis(400)).until(() -> true);
            return before > 0 && written.get() == before;
        });
        return written.get();
    }

    private void awaitNothingUnderWay() {
        await().atMost(Duration.ofSeconds(5))
                .until(() -> shop.circuits().stream().noneMatch(view -> view.inFlight() > 0));
    }

    private void policy(String fields) {
        mesh.policy(PolicyFormat.read(
                "apiVersion: signalbox.io/v1\nkind: TrafficPolicy\nservice: catalog\n" + fields + "\n"));
    }

    private final class Application extends TestServiceGrpc.TestServiceImplBase {

        @Override
        public void streamingOutputCall(
                StreamingOutputCallRequest request, StreamObserver<StreamingOutputCallResponse> answer) {
            int wanted = Integer.parseInt(request.getPayload().getBody().toStringUtf8());
            ServerCallStreamObserver<StreamingOutputCallResponse> paced =
                    (ServerCallStreamObserver<StreamingOutputCallResponse>) answer;
            StreamingOutputCallResponse message = StreamingOutputCallResponse.newBuilder()
                    .setPayload(Payload.newBuilder().setBody(ByteString.copyFrom(new byte[MESSAGE])))
                    .build();
            paced.setOnCancelHandler(() -> {});
            paced.setOnReadyHandler(() -> {
                while (paced.isReady() && written.get() < wanted) {
                    paced.onNext(message);
                    if (written.incrementAndGet() == wanted) {
                        paced.onCompleted();
                    }
                }
            });
        }

        @Override
        public StreamObserver<StreamingOutputCallRequest> fullDuplexCall(
                StreamObserver<StreamingOutputCallResponse> answer) {
            return new StreamObserver<>() {
                @Override
                public void onNext(StreamingOutputCallRequest request) {
                    answer.onNext(StreamingOutputCallResponse.getDefaultInstance());
                }

                @Override
                public void onError(Throwable failure) {}

                @Override
                public void onCompleted() {
                    answer.onCompleted();
                }
            };
        }
    }

    private static final class Reading extends ClientCall.Listener<StreamingOutputCallResponse> {

        private final AtomicInteger messages = new AtomicInteger();
        private final CompletableFuture<Status> ended = new CompletableFuture<>();
        private volatile boolean head;

        Status end() throws Exception {
            return ended.get(20, TimeUnit.SECONDS);
        }

        @Override
        public void onHeaders(Metadata headers) {
            head = true;
        }

        @Override
        public void onMessage(StreamingOutputCallResponse message) {
            messages.incrementAndGet();
        }

        @Override
        public void onClose(Status status, Metadata trailers) {
            ended.complete(status);
        }
    }
}
