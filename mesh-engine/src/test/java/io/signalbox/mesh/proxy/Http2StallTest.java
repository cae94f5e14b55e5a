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
import io.grpc.testing.integration.EmptyProtos;
import io.grpc.testing.integration.Messages.Payload;
import io.grpc.testing.integration.Messages.SimpleRequest;
import io.grpc.testing.integration.Messages.SimpleResponse;
import io.grpc.testing.integration.Messages.StreamingOutputCallRequest;
import io.grpc.testing.integration.Messages.StreamingOutputCallResponse;
import io.grpc.testing.integration.TestServiceGrpc;
import io.signalbox.mesh.model.Endpoint;
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
import org.junit.jupiter.api.Test;

/** A stream that nobody reads stands, and its writer with it; the others of the same connection go on. */
class Http2StallTest extends MeshCase {

    private static final int MESSAGE = 64 * 1024;
    private static final int MESSAGES = 1_000;

    /** More messages than all windows and buffers on the way hold together, and far fewer than there are. */
    private static final int ON_THE_WAY = 500;

    private final AtomicInteger written = new AtomicInteger();
    private Server server;
    private ManagedChannel channel;

    @BeforeEach
    void startServer() throws IOException {
        server = NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .addService(new Pouring())
                .build()
                .start();
        mesh.register(new Endpoint("catalog", "catalog-1", "v1", "127.0.0.1", server.getPort(), Protocol.GRPC, null));
        channel = NettyChannelBuilder.forAddress(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), shop.outboundPort()))
                .overrideAuthority("catalog")
                .usePlaintext()
                .build();
    }

    @AfterEach
    void stopServer() {
        channel.shutdownNow();
        server.shutdownNow();
    }

    @Test
    void aStreamThatNobodyReadsStallsItsWriterAndNoOtherStreamOfItsConnection() throws Exception {
        Reading stalled = new Reading();
        ClientCall<StreamingOutputCallRequest, StreamingOutputCallResponse> call =
                channel.newCall(TestServiceGrpc.getStreamingOutputCallMethod(), CallOptions.DEFAULT);
        call.start(stalled, new Metadata());
        call.sendMessage(StreamingOutputCallRequest.getDefaultInstance());
        call.halfClose();
        call.request(1);

        int stood = settled();
        assertThat(stood).isPositive().isLessThan(ON_THE_WAY);
        var others = TestServiceGrpc.newBlockingStub(channel).withDeadlineAfter(10, TimeUnit.SECONDS);
        for (int i = 0; i < 100; i++) {
            SimpleRequest large = SimpleRequest.newBuilder()
                    .setPayload(Payload.newBuilder().setBody(ByteString.copyFrom(new byte[MESSAGE])))
                    .build();
            assertThat(others.unaryCall(large).getPayload().getBody().size()).isEqualTo(MESSAGE);
        }
        assertThat(written.get()).as("the stalled stream has not moved").isEqualTo(stood);

        call.request(MESSAGES);
        assertThat(stalled.ended.get(20, TimeUnit.SECONDS).isOk()).isTrue();
        assertThat(stalled.messages.get()).isEqualTo(MESSAGES);
    }

    /** How much has been written once no more is for a while. */
    private int settled() {
        await().atMost(Duration.ofSeconds(15)).until(() -> {
            int before = written.get();
            await().pollDelay(Duration.ofMillis(400)).until(() -> true);
            return before > 0 && written.get() == before;
        });
        return written.get();
    }

    /** Writes as much as its windows allow. */
    private final class Pouring extends TestServiceGrpc.TestServiceImplBase {

        @Override
        public void streamingOutputCall(
                StreamingOutputCallRequest request, StreamObserver<StreamingOutputCallResponse> answer) {
            ServerCallStreamObserver<StreamingOutputCallResponse> paced =
                    (ServerCallStreamObserver<StreamingOutputCallResponse>) answer;
            StreamingOutputCallResponse message = StreamingOutputCallResponse.newBuilder()
                    .setPayload(Payload.newBuilder().setBody(ByteString.copyFrom(new byte[MESSAGE])))
                    .build();
            paced.setOnReadyHandler(() -> {
                while (paced.isReady() && written.get() < MESSAGES) {
                    paced.onNext(message);
                    if (written.incrementAndGet() == MESSAGES) {
                        paced.onCompleted();
                    }
                }
            });
        }

        @Override
        public void unaryCall(SimpleRequest request, StreamObserver<SimpleResponse> answer) {
            answer.onNext(
                    SimpleResponse.newBuilder().setPayload(request.getPayload()).build());
            answer.onCompleted();
        }

        @Override
        public void emptyCall(EmptyProtos.Empty request, StreamObserver<EmptyProtos.Empty> answer) {
            answer.onNext(request);
            answer.onCompleted();
        }
    }

    private static final class Reading extends ClientCall.Listener<StreamingOutputCallResponse> {

        private final AtomicInteger messages = new AtomicInteger();
        private final CompletableFuture<Status> ended = new CompletableFuture<>();

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
