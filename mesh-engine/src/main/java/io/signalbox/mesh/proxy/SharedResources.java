package io.signalbox.mesh.proxy;

import io.signalbox.mesh.explain.DecisionLog;
import io.signalbox.mesh.mirror.MirrorLog;
import io.signalbox.mesh.proxy.io.EventTime;
import io.signalbox.mesh.proxy.socket.SocketTransport;
import io.signalbox.mesh.proxy.transport.ProxyTransport;
import io.signalbox.mesh.proxy.transport.TransportLimits;
import io.signalbox.mesh.time.Ticker;
import io.signalbox.mesh.trace.SpanLog;
import java.time.InstantSource;
import java.util.random.RandomGenerator;

/**
 * What all sidecars of one process share: threads, connections' selectors, buffers, clocks, chance, recent spans,
 * decisions, and what mirrors told.
 *
 * @param random drawn from by many threads at once, so it must be safe to share
 */
public record SharedResources(
        ProxyTransport transport,
        Ticker ticker,
        InstantSource clock,
        RandomGenerator random,
        SpanLog spans,
        DecisionLog decisions,
        MirrorLog mirrors)
        implements AutoCloseable {

    private static final int SPANS_KEPT = 4_096;
    private static final int TROUBLED_KEPT = 2_048;
    private static final int SAMPLED_KEPT = 1_024;

    /** Starts the transport's threads. */
    public static SharedResources start(Ticker ticker, InstantSource clock, RandomGenerator random) {
        return start(ticker, clock, random, TransportLimits.DEFAULT);
    }

    public static SharedResources start(
            Ticker ticker, InstantSource clock, RandomGenerator random, TransportLimits limits) {
        EventTime time = EventTime.of(ticker);
        return new SharedResources(
                SocketTransport.start(limits, time),
                time,
                time.ofDay(clock),
                random,
                new SpanLog(SPANS_KEPT, time),
                new DecisionLog(TROUBLED_KEPT, SAMPLED_KEPT),
                new MirrorLog());
    }

    /** Stops the transport; close the sidecars first. */
    @Override
    public void close() {
        transport.close();
    }
}
