package io.signalbox.console.testing;

import io.signalbox.mesh.client.MeshConnection;
import io.signalbox.mesh.model.status.Latency;
import io.signalbox.mesh.model.status.MeshSnapshot;
import io.signalbox.mesh.model.status.TrafficStats;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A mesh that sends the pictures a test gives it; every other call is refused. */
public final class FakeMesh {

    public static final Instant NOON = Instant.parse("2026-01-02T12:00:00Z");

    private final List<MeshConnection.SnapshotListener> listeners = new ArrayList<>();

    public MeshConnection connection() {
        return (MeshConnection) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {MeshConnection.class}, (proxy, method, arguments) -> {
                    if (!method.getName().equals("subscribe")) {
                        throw new UnsupportedOperationException(method.getName());
                    }
                    MeshConnection.SnapshotListener listener = (MeshConnection.SnapshotListener) arguments[0];
                    listeners.add(listener);
                    return (MeshConnection.Subscription) () -> listeners.remove(listener);
                });
    }

    public void send(MeshSnapshot snapshot) {
        List.copyOf(listeners).forEach(listener -> listener.snapshot(snapshot));
    }

    public void disconnect(String why) {
        List.copyOf(listeners).forEach(listener -> listener.disconnected(why));
    }

    public int subscriptions() {
        return listeners.size();
    }

    /** A mesh with these totals and nothing in it. */
    public static MeshSnapshot picture(long sequence, TrafficStats totals) {
        return new MeshSnapshot(
                sequence,
                sequence,
                NOON.plusSeconds(sequence),
                "corner-shop",
                NOON,
                totals,
                1_000,
                960,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                null);
    }

    /** Totals of the last ten seconds. */
    public static TrafficStats totals(double perSecond, long requests, long failures, @Nullable Latency latency) {
        return new TrafficStats(perSecond, requests, failures, requests, failures, latency);
    }
}
