package io.signalbox.mesh.client.remote;

import io.signalbox.mesh.client.MeshConnection;
import io.signalbox.mesh.client.json.Json;
import io.signalbox.mesh.model.status.MeshSnapshot;
import io.signalbox.mesh.time.Ticker;
import java.io.FilterReader;
import java.io.IOException;
import java.io.Reader;
import java.time.Duration;

/**
 * Reads snapshots; one that takes long to read is followed by a rest of four times that time, or of 2 s, so that a large
 * mesh leaves most of a processor to what is shown, and its memory can be collected in between. For the thread of its
 * stream.
 */
final class SnapshotReader implements EventStream.Reader {

    private static final Duration LONG = Duration.ofMillis(100);
    private static final int REST = 4;
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
    public void event(String name, Reader data) throws IOException {
        long began = ticker.nanos();
        Awaited awaited = new Awaited(data, ticker);
        MeshSnapshot snapshot = Json.readShown(awaited, MeshSnapshot.class);
        lastSeen = snapshot.sequence();
        EventStream.tell(() -> listener.snapshot(snapshot));
        Duration took = Duration.ofNanos(ticker.nanos() - began - awaited.nanos);
        rest = took.compareTo(LONG) < 0 ? Duration.ZERO : shorter(took.multipliedBy(REST), LONGEST_REST);
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

    /** A text, and how long it took to come. */
    private static final class Awaited extends FilterReader {

        private final Ticker ticker;
        private long nanos;

        Awaited(Reader text, Ticker ticker) {
            super(text);
            this.ticker = ticker;
        }

        @Override
        public int read(char[] to, int offset, int length) throws IOException {
            long began = ticker.nanos();
            int count = super.read(to, offset, length);
            nanos += ticker.nanos() - began;
            return count;
        }
    }
}
