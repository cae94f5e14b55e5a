package io.signalbox.mesh.proxy;

import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.grpc.testing.integration.Messages.Payload;
import io.grpc.testing.integration.Messages.SimpleRequest;
import io.grpc.testing.integration.Messages.SimpleResponse;
import io.grpc.testing.integration.Messages.StreamingOutputCallRequest;
import io.grpc.testing.integration.Messages.StreamingOutputCallResponse;
import io.grpc.testing.integration.TestServiceGrpc;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/** A gRPC application that pours as many messages as it is asked for, as fast as its windows allow; else it echoes. */
final class PouringService extends TestServiceGrpc.TestServiceImplBase {

    private final AtomicInteger written = new AtomicInteger();
    private final StreamingOutputCallResponse message;

    /** @param messageBytes how large each poured message is */
    PouringService(int messageBytes) {
        message = StreamingOutputCallResponse.newBuilder()
                .setPayload(Payload.newBuilder().setBody(ByteString.copyFrom(new byte[messageBytes])))
                .build();
    }

    /** Asks for so many messages. */
    static StreamingOutputCallRequest asking(int messages) {
        return StreamingOutputCallRequest.newBuilder()
                .setPayload(Payload.newBuilder().setBody(ByteString.copyFromUtf8(Integer.toString(messages))))
                .build();
    }

    /** How many messages were poured. */
    int written() {
        return written.get();
    }

    /** How many were poured once no more is for a while. */
    int settled() {
        await().atMost(Duration.ofSeconds(15)).until(() -> {
            int before = written.get();
            await().pollDelay(Duration.ofMillis(400)).until(() -> true);
            return before > 0 && written.get() == before;
        });
        return written.get();
    }

    @Override
    public void streamingOutputCall(
            StreamingOutputCallRequest request, StreamObserver<StreamingOutputCallResponse> answer) {
        int wanted = Integer.parseInt(request.getPayload().getBody().toStringUtf8());
        ServerCallStreamObserver<StreamingOutputCallResponse> paced =
                (ServerCallStreamObserver<StreamingOutputCallResponse>) answer;
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
    public void unaryCall(SimpleRequest request, StreamObserver<SimpleResponse> answer) {
        answer.onNext(
                SimpleResponse.newBuilder().setPayload(request.getPayload()).build());
        answer.onCompleted();
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
