package io.signalbox.mesh.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.mesh.config.PolicyFormat;
import java.net.Socket;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Faults are of requests. */
class FaultTcpTest extends TcpCase {

    @ParameterizedTest
    @ValueSource(strings = {"client", "server"})
    void whatIsCalledOverTcpIsNotBefallen(String side) throws Exception {
        serveEcho();
        mesh.policy(PolicyFormat.read("apiVersion: signalbox.io/v1\nkind: TrafficPolicy\nservice: stock\n"
                + "faults: [ { side: " + side + ", delay: 1m, abort: {} } ]\n"));

        try (Socket socket = connect()) {
            assertThat(ask(socket, "one")).isEqualTo("one");
        }
    }
}
