package io.signalbox.mesh.balance;

import io.signalbox.mesh.model.Endpoint;
import io.signalbox.mesh.model.Protocol;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

final class TestEndpoints {

    static final InFlight IDLE = endpoint -> 0;

    private TestEndpoints() {}

    static Endpoint endpoint(String id) {
        return new Endpoint("catalog", id, "v1", "127.0.0.1", 8080, Protocol.HTTP, null);
    }

    static List<Endpoint> endpoints(String... ids) {
        return Arrays.stream(ids).map(TestEndpoints::endpoint).toList();
    }

    static List<Endpoint> numbered(int count) {
        return IntStream.range(0, count).mapToObj(i -> endpoint("e" + i)).toList();
    }
}
