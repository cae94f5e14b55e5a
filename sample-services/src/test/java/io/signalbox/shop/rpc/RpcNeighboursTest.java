package io.signalbox.shop.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.Context;
import io.grpc.Deadline;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.ServerInterceptors;
import io.grpc.stub.StreamObserver;
import io.signalbox.shop.pricing.v1.PricingGrpc;
import io.signalbox.shop.pricing.v1.QuoteRequest;
import io.signalbox.shop.pricing.v1.QuoteResponse;
import io.signalbox.shop.web.Call;
import io.signalbox.shop.web.NeighbourFailure;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RpcNeighboursTest {

    private static final Map<String, String> CARRIED = Map.of(
            "traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
            "x-b3-traceid", "abc",
            "x-request-id", "r-1",
            "x-shopper-id", "mira");

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final AtomicReference<Map<String, String>> seen = new AtomicReference<>(Map.of());
    private final AtomicReference<@Nullable String> authority = new AtomicReference<>();
    private final AtomicReference<@Nullable Deadline> deadline = new AtomicReference<>();
    private final RpcPort port =
            RpcPort.open("pricing-1", ServerInterceptors.intercept(new Empty().bindService(), new Witness()), threads);
    private final RpcNeighbours neighbours =
            new RpcNeighbours(URI.create("http://127.0.0.1:" + port.number()), threads);

    @AfterEach
    void close() {
        neighbours.close();
        port.close();
        threads.shutdownNow();
    }

    @Test
    void theNameOfTheServiceIsTheAuthorityWhateverTheAddress() {
        PricingGrpc.newBlockingStub(neighbours.channel("pricing")).quote(QuoteRequest.getDefaultInstance());
        assertThat(authority).hasValue("pricing");
    }

    @Test
    void theTraceAndTheShopperTravelAsMetadataAndNothingElseDoes() {
        Map<String, String> headers = new HashMap<>(CARRIED);
        headers.put("cookie", "secret");
        Call cause = new Call("GET", "/prices", Map.of(), headers, "");
        PricingGrpc.newBlockingStub(neighbours.channel("pricing", cause)).quote(QuoteRequest.getDefaultInstance());
        assertThat(seen.get()).containsAllEntriesOf(CARRIED).doesNotContainKey("cookie");
    }

    @Test
    void aDeadlineReachesWhoIsCalled() {
        PricingGrpc.newBlockingStub(neighbours.channel("pricing"))
                .withDeadlineAfter(1, TimeUnit.HOURS)
                .quote(QuoteRequest.getDefaultInstance());
        assertThat(Objects.requireNonNull(deadline.get()).timeRemaining(TimeUnit.MINUTES))
                .isBetween(50L, 60L);
    }

    @Test
    void afterTheEndNoChannelIsMade() {
        neighbours.close();
        assertThatThrownBy(() -> neighbours.channel("pricing"))
                .isInstanceOf(NeighbourFailure.class)
                .hasMessage("pricing is unavailable: this instance is closing");
    }

    private static final class Empty extends PricingGrpc.PricingImplBase {
        @Override
        public void quote(QuoteRequest request, StreamObserver<QuoteResponse> caller) {
            caller.onNext(QuoteResponse.getDefaultInstance());
            caller.onCompleted();
        }
    }

    private final class Witness implements ServerInterceptor {
        @Override
        public <A, B> ServerCall.Listener<A> interceptCall(
                ServerCall<A, B> call, Metadata headers, ServerCallHandler<A, B> next) {
            Map<String, String> all = new HashMap<>();
            for (String name : headers.keys()) {
                if (!name.endsWith(Metadata.BINARY_HEADER_SUFFIX)) {
                    all.put(name, String.valueOf(headers.get(Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER))));
                }
            }
            seen.set(all);
            authority.set(call.getAuthority());
            deadline.set(Context.current().getDeadline());
            return next.startCall(call, headers);
        }
    }
}
