package io.signalbox.shop.rpc;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.okhttp.OkHttpChannelBuilder;
import io.grpc.stub.MetadataUtils;
import io.signalbox.shop.web.Call;
import io.signalbox.shop.web.NeighbourFailure;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executor;

/**
 * The gRPC services as one instance reaches them: by name, through the outbound listener of its own sidecar.
 *
 * <p>There is one channel a service, made when it is first asked for; the name goes out as the authority, so the
 * address is the sidecar's and nothing is looked up. Retries are the mesh's business, so the channel makes none. Safe
 * from any thread.
 */
public final class RpcNeighbours implements AutoCloseable {

    private final URI outbound;
    private final Executor threads;

    @GuardedBy("this")
    private final Map<String, ManagedChannel> channels = new HashMap<>();

    @GuardedBy("this")
    private boolean closed;

    public RpcNeighbours(URI outbound, Executor threads) {
        this.outbound = outbound;
        this.threads = threads;
    }

    /**
     * Loads what the first channel of a process needs, which takes long: worth doing beside something else. Nothing is
     * connected.
     */
    public static void prepare() {
        OkHttpChannelBuilder.forAddress("localhost", 1).usePlaintext().build().shutdownNow();
    }

    /** The way to that service for what is done on nobody's behalf. */
    public synchronized Channel channel(String service) {
        if (closed) {
            throw new NeighbourFailure(service, "this instance is closing");
        }
        return channels.computeIfAbsent(service, this::open);
    }

    /** The way to that service because of the call in hand: its trace and its shopper travel on as metadata. */
    public Channel channel(String service, Call cause) {
        Metadata carried = new Metadata();
        cause.carriedOn()
                .forEach((name, value) -> carried.put(Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER), value));
        return ClientInterceptors.intercept(channel(service), MetadataUtils.newAttachHeadersInterceptor(carried));
    }

    /** Ends every call and every connection. */
    @Override
    public synchronized void close() {
        closed = true;
        channels.values().forEach(ManagedChannel::shutdownNow);
    }

    private ManagedChannel open(String service) {
        return OkHttpChannelBuilder.forAddress(outbound.getHost(), outbound.getPort())
                .usePlaintext()
                .overrideAuthority(service)
                .executor(threads)
                .offloadExecutor(threads)
                .transportExecutor(threads)
                .disableRetry()
                .disableServiceConfigLookUp()
                .build();
    }
}
