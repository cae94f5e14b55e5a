package io.signalbox.mesh.proxy;

import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.ServerBuilder;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.testing.integration.AbstractInteropTest;
import io.grpc.testing.integration.Messages.Payload;
import io.grpc.testing.integration.Messages.SimpleRequest;
import io.grpc.testing.integration.TestServiceGrpc;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.AssumptionViolatedException;
import org.opentest4j.TestAbortedException;

/**
 * The interoperability cases of grpc-java, run one at a time: each starts a server of its own and calls it along a path
 * that is given.
 */
final class InteropCases extends AbstractInteropTest {

    private static final int SOAK_CALLS = 60;
    private static final int SOAK_THREADS = 4;

    private final Path path;
    private int serverPort;

    private InteropCases(Path path) {
        this.path = path;
    }

    /** Leads to a server. */
    @FunctionalInterface
    interface Path {
        /** @return the port to call, where authority {@code interop} is that server */
        int to(int serverPort) throws Exception;
    }

    /** Every case: those of {@link AbstractInteropTest}, and those that its command line has besides. */
    static Stream<String> names() {
        return Stream.concat(
                Arrays.stream(AbstractInteropTest.class.getMethods())
                        .filter(method -> method.isAnnotationPresent(org.junit.Test.class))
                        .map(Method::getName)
                        .sorted(),
                Stream.of(
                        "clientCompressedUnaryNoProbe",
                        "clientCompressedStreamingNoProbe",
                        "serverCompressedStreaming",
                        "rpcSoak",
                        "channelSoak"));
    }

    /**
     * Runs one case.
     *
     * @throws TestAbortedException when the case itself says that it does not apply here
     */
    static void run(String name, Path path) throws Exception {
        InteropCases cases = new InteropCases(path);
        cases.setUp();
        try {
            switch (name) {
                case "clientCompressedUnaryNoProbe" -> cases.clientCompressedUnary(false);
                case "clientCompressedStreamingNoProbe" -> cases.clientCompressedStreaming(false);
                case "rpcSoak" -> cases.rpcSoak();
                case "channelSoak" -> cases.channelSoak();
                default -> AbstractInteropTest.class.getMethod(name).invoke(cases);
            }
        } catch (InvocationTargetException e) {
            switch (e.getCause()) {
                case AssumptionViolatedException skipped ->
                    throw new TestAbortedException(skipped.getMessage(), skipped);
                case Exception failed -> throw failed;
                case Error failed -> throw failed;
                case null, default -> throw e;
            }
        } finally {
            cases.tearDown();
        }
    }

    @Override
    protected ServerBuilder<?> getServerBuilder() {
        try {
            serverPort = MeshCase.closedPort();
        } catch (IOException e) {
            throw new AssertionError("no free port", e);
        }
        return NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), serverPort))
                .maxInboundMessageSize(MAX_MESSAGE_SIZE);
    }

    @Override
    protected ManagedChannelBuilder<?> createChannelBuilder() {
        try {
            return NettyChannelBuilder.forAddress(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), path.to(serverPort)))
                    .overrideAuthority("interop")
                    .flowControlWindow(TEST_FLOW_CONTROL_WINDOW)
                    .maxInboundMessageSize(MAX_MESSAGE_SIZE)
                    .usePlaintext();
        } catch (Exception e) {
            throw new AssertionError("the path to the server cannot be laid", e);
        }
    }

    /** The statistics of another library, which are about grpc-java alone. */
    @Override
    protected boolean metricsExpected() {
        return false;
    }

    private void rpcSoak() throws Exception {
        soak(() -> largeCall(channel));
    }

    private void channelSoak() throws Exception {
        int port = path.to(serverPort);
        soak(() -> {
            ManagedChannel own = NettyChannelBuilder.forAddress(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
                    .overrideAuthority("interop")
                    .usePlaintext()
                    .build();
            try {
                return largeCall(own);
            } finally {
                own.shutdownNow();
            }
        });
    }

    private static void soak(Callable<Integer> call) throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(SOAK_THREADS)) {
            List<Future<Integer>> sizes = Stream.generate(() -> threads.submit(call))
                    .limit(SOAK_CALLS)
                    .toList();
            for (Future<Integer> size : sizes) {
                if (size.get() != 314_159) {
                    throw new AssertionError("an answer of " + size.get() + " bytes (expected: 314159)");
                }
            }
        }
    }

    private static int largeCall(ManagedChannel channel) {
        return TestServiceGrpc.newBlockingStub(channel)
                .unaryCall(SimpleRequest.newBuilder()
                        .setResponseSize(314_159)
                        .setPayload(Payload.newBuilder()
                                .setBody(com.google.protobuf.ByteString.copyFrom(new byte[271_828])))
                        .build())
                .getPayload()
                .getBody()
                .size();
    }
}
