package io.signalbox.mesh.client.remote;

import io.signalbox.mesh.client.MeshConnection;
import io.signalbox.mesh.client.json.Json;
import io.signalbox.mesh.model.status.MeshSnapshot;
import io.signalbox.mesh.time.Ticker;
import java.time.Duration;

/**
 * Reads snapshots; one that takes long to read is followed by a rest of twice that time, so that a mesh of any size takes a
 * third of a processor at most, and its memory can be collected in between. For the thread of its stream.
 */
final class SnapshotReader implements EventStream.Reader {

    private static final Duration LONG = Duration.ofMillis(100);
    private static final Duration LONGEST_REST = Duration.ofSeconds(2);

    private final MeshConnection.SnapshotListener listener;
    private final Ticker ticker;
    private long lastSeen;
    private Duration rest = Duration.ZERO;

    SnapshotReader(MeshConnection.SnapshotListener listener, Ticker ticker) {
        this.listener = listener;
        this.ticker = ticker;
    }

    @Override
    public String name() {
        return "snapshots";
    }

    @Override
    public String path() {
        return "/api/v1/stream";
    }

    @Override
    public long lastSeen() {
        return lastSeen;
    }

    @Override
    public void event(String name, String data) {
        long began = ticker.nanos();
        MeshSnapshot snapshot = Json.readShown(data, MeshSnapshot.class);
        lastSeen = snapshot.sequence();
        EventStream.tell(() -> listener.snapshot(snapshot));
        Duration took = Duration.ofNanos(ticker.nanos() - began);
        rest = took.compareTo(LONG) < 0 ? Duration.ZERO : shorter(took.multipliedBy(2), LONGEST_REST);
    }

    @Override
    public Duration rest() {
        return rest;
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    @Override
    public void disconnected(String why) {
        EventStream.tell(() -> listener.disconnected(why));
        lastSeen = 0;
    }
}
