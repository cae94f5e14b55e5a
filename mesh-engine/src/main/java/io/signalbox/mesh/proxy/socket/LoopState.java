package io.signalbox.mesh.proxy.socket;

import io.signalbox.mesh.proxy.http1.Http1Codec;
import io.signalbox.mesh.proxy.http2.Http2Codec;
import io.signalbox.mesh.proxy.io.EventLoop;
import io.signalbox.mesh.proxy.transport.TransportLimits;

/** What the connections of one loop share. */
final class LoopState {

    private final EventLoop loop;
    private final Http1Codec http1 = new Http1Codec();
    private final Http2Codec http2;
    private final UpstreamPools pools;

    LoopState(EventLoop loop, TransportLimits limits, int connectionsPerTarget) {
        this.loop = loop;
        http2 = new Http2Codec();
        pools = new UpstreamPools(this, limits, connectionsPerTarget);
    }

    EventLoop loop() {
        return loop;
    }

    Http1Codec http1() {
        return http1;
    }

    Http2Codec http2() {
        return http2;
    }

    UpstreamPools pools() {
        return pools;
    }
}
