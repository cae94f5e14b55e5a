package io.signalbox.mesh.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.mesh.model.Endpoint;
import io.signalbox.mesh.model.Protocol;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What grpc-java's client and server do with each other they do through sidecars as well. */
@Timeout(60)
class GrpcInteropTest {

    /** What the brief of gRPC's interoperability tests names, so that none goes missing with a new release. */
    private static final Set<String> NAMED = Set.of(
            "emptyUnary",
            "largeUnary",
            "clientStreaming",
            "serverStreaming",
            "pingPong",
            "emptyStream",
            "cancelAfterBegin",
            "cancelAfterFirstResponse",
            "timeoutOnSleepingServer",
            "statusCodeAndMessage",
            "specialStatusMessage",
            "unimplementedMethod",
            "unimplementedService",
            "customMetadata",
            "clientCompressedUnaryNoProbe",
            "serverCompressedUnary",
            "clientCompressedStreamingNoProbe",
            "serverCompressedStreaming",
            "rpcSoak",
            "channelSoak");

    private static TestMesh mesh;
    private static Sidecar caller;
    private static int served;

    @BeforeAll
    static void startMesh() {
        mesh = new TestMesh();
        caller = mesh.caller();
    }

    @AfterAll
    static void stopMesh() throws Exception {
        mesh.close();
    }

    static Stream<String> names() {
        return InteropCases.names();
    }

    @Test
    void noCaseIsMissing() {
        assertThat(names().toList()).containsAll(NAMED);
    }

    /** The oracle: a case that did not pass here would prove nothing about a sidecar. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("names")
    void withoutAProxy(String name) throws Exception {
        InteropCases.run(name, port -> port);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("names")
    void throughOneSidecar(String name) throws Exception {
        String instance = "interop-" + ++served;
        try {
            InteropCases.run(name, port -> {
                mesh.register(new Endpoint("interop", instance, "v1", "127.0.0.1", port, Protocol.GRPC, null));
                return caller.outboundPort();
            });
        } finally {
            mesh.deregister(instance);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("names")
    void throughTwoSidecarsAndMutualTls(String name) throws Exception {
        String instance = "interop-" + ++served;
        try {
            InteropCases.run(name, port -> {
                mesh.serve("interop", "v1", instance, port, Protocol.GRPC);
                return caller.outboundPort();
            });
        } finally {
            mesh.deregister(instance);
        }
    }
}
