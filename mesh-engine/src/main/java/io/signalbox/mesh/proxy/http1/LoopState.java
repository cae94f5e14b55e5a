package io.signalbox.mesh.proxy.http1;

import io.signalbox.mesh.proxy.io.EventLoop;
import io.signalbox.mesh.proxy.transport.TransportLimits;

/** What the connections of one loop share. */
final class LoopState {

    private final EventLoop loop;
    private final FieldLines lines = new FieldLines();
    private final RequestReader requests = new RequestReader(lines);
    private final AnswerReader answers = new AnswerReader(lines);
    private final UpstreamPools pools;

    LoopState(EventLoop loop, TransportLimits limits, int connectionsPerTarget) {
        this.loop = loop;
        pools = new UpstreamPools(this, limits, connectionsPerTarget);
    }

    EventLoop loop() {
        return loop;
    }

    FieldLines lines() {
        return lines;
    }

    RequestReader requests() {
        return requests;
    }

    AnswerReader answers() {
        return answers;
    }

    UpstreamPools pools() {
        return pools;
    }
}
