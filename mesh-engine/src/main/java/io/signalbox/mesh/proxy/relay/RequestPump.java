package io.signalbox.mesh.proxy.relay;

import io.signalbox.mesh.proxy.message.BadMessage;

/** Moves one request's body to one upstream: first what an earlier attempt has read already. */
final class RequestPump {

    private final RequestBody body;
    private final BodySink sink;
    private final byte[] beginning;
    private final BodySource.Taker taker;
    private int replayed;
    private boolean done;

    RequestPump(RequestBody body, BodySink sink) {
        this.body = body;
        this.sink = sink;
        beginning = body.beginning();
        taker = sink::body;
    }

    /** What keeps the rest of the body from being sent. */
    enum Rest {
        /** There is none: the body is whole. */
        NONE,
        /** The upstream takes no more for now. */
        BLOCKED,
        /** The caller has not sent it yet. */
        NOT_THERE_YET;

        /** Says whose turn it is now: whoever it is may be silent for so long and no longer. */
        void giveTurn(ServerCall server, Downstream downstream, Upstream upstream) {
            switch (this) {
                case NONE -> {
                    downstream.callerNotDue();
                    upstream.endpointDue();
                }
                case BLOCKED -> {
                    downstream.holdInput();
                    upstream.endpointDue();
                }
                case NOT_THERE_YET -> {
                    if (downstream.inputEnded()) {
                        downstream.cutShort();
                    } else {
                        upstream.endpointNotDue();
                        server.wantInput();
                    }
                }
            }
        }
    }

    boolean isDone() {
        return done;
    }

    /** Moves what there is and the upstream takes. */
    Rest move() throws BadMessage {
        while (true) {
            if (replayed == beginning.length && body.isDone()) {
                done = true;
                sink.end(body.trailers());
                sink.flush();
                return Rest.NONE;
            }
            int room = roomNow();
            if (room == 0) {
                return Rest.BLOCKED;
            }
            if (replayed < beginning.length) {
                int length = Math.min(room, beginning.length - replayed);
                sink.body(beginning, replayed, length);
                replayed += length;
            } else if (!body.read(taker, room)) {
                sink.flush();
                return Rest.NOT_THERE_YET;
            }
        }
    }

    private int roomNow() {
        int room = sink.room();
        if (room > 0) {
            return room;
        }
        sink.flush();
        return sink.room();
    }
}
