package io.signalbox.mesh.client.remote;

import io.signalbox.mesh.client.Requests;
import io.signalbox.mesh.client.json.Json;
import io.signalbox.mesh.explain.RequestLine;

/** Reads requests as they end. For the thread of its stream. */
record TapReader(String path, Requests.TapListener listener) implements EventStream.TextReader {

    @Override
    public String name() {
        return "tap";
    }

    /** What ended while the connection was broken is not sent again. */
    @Override
    public long lastSeen() {
        return 0;
    }

    @Override
    public void event(String name, String data) {
        switch (name) {
            case "request" -> {
                RequestLine request = Json.readShown(data, RequestLine.class);
                EventStream.tell(() -> listener.request(request));
            }
            case "dropped" -> {
                long count = Json.read(data, Dropped.class).dropped();
                EventStream.tell(() -> listener.dropped(count));
            }
            case "untold" -> {
                long count = Json.read(data, Untold.class).untold();
                EventStream.tell(() -> listener.untold(count));
            }
            case "left-out" -> {
                long count = Json.read(data, LeftOut.class).leftOut();
                EventStream.tell(() -> listener.leftOut(count));
            }
            default -> {
                // A later control plane may tell more.
            }
        }
    }

    @Override
    public void disconnected(String why) {
        EventStream.tell(() -> listener.disconnected(why));
    }

    private record Dropped(long dropped) {}

    private record Untold(long untold) {}

    private record LeftOut(long leftOut) {}
}
