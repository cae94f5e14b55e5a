package io.signalbox.mesh.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.testing.integration.Messages.Payload;
import io.grpc.testing.integration.Messages.SimpleRequest;
import io.grpc.testing.integration.Messages.StreamingOutputCallRequest;
import io.grpc.testing.integration.Messages.StreamingOutputCallResponse;
import io.grpc.testing.integration.TestServiceGrpc;
import io.signalbox.mesh.model.Endpoint;
import io.signalbox.mesh.model.Protocol;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A stream that nobody reads stands, and its writer with it; the others of the same connection go on. */
class Http2StallTest extends MeshCase {

    private static final int MESSAGE = 64 * 1024;
    private static final int MESSAGES = 1_000;

    /** More messages than all windows and buffers on the way hold together, and far fewer than there are. */
    private static final int ON_THE_WAY = 500;

    private final PouringService application = new PouringService(MESSAGE);
    private Server server;
    private ManagedChannel channel;

    @BeforeEach
    void startServer() throws IOException {
        server = NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .addService(application)
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
        StreamReading stalled = new StreamReading();
        ClientCall<StreamingOutputCallRequest, StreamingOutputCallResponse> call =
                channel.newCall(TestServiceGrpc.getStreamingOutputCallMethod(), CallOptions.DEFAULT);
        call.start(stalled, new Metadata());
        call.sendMessage(PouringService.asking(MESSAGES));
        call.halfClose();
        call.request(1);

        int stood = application.settled();
        assertThat(stood).isPositive().isLessThan(ON_THE_WAY);
        var others = TestServiceGrpc.newBlockingStub(channel).withDeadlineAfter(10, TimeUnit.SECONDS);
        for (int i = 0; i < 100; i++) {
            SimpleRequest large = SimpleRequest.newBuilder()
                    .setPayload(Payload.newBuilder().setBody(ByteString.copyFrom(new byte[MESSAGE])))
                    .build();
            assertThat(others.unaryCall(large).getPayload().getBody().size()).isEqualTo(MESSAGE);
        }
        assertThat(application.written()).as("the stalled stream has not moved").isEqualTo(stood);

        call.request(MESSAGES);
        assertThat(stalled.end().isOk()).isTrue();
        assertThat(stalled.messages()).isEqualTo(MESSAGES);
    }
}
