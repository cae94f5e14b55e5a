package io.signalbox.mesh.proxy.socket;

import io.signalbox.mesh.proxy.relay.UpstreamCall;
import io.signalbox.mesh.proxy.relay.Upstreams;
import io.signalbox.mesh.proxy.tcp.Dial;
import io.signalbox.mesh.proxy.transport.Target;
import io.signalbox.mesh.proxy.transport.TransportLimits;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One loop's pools, by target. Belongs to the loop's thread. */
final class UpstreamPools implements Upstreams {

    private final LoopState loop;
    private final TransportLimits limits;
    private final int connectionsPerTarget;
    private final Map<Target, UpstreamPool> pools = new HashMap<>();

    UpstreamPools(LoopState loop, TransportLimits limits, int connectionsPerTarget) {
        this.loop = loop;
        this.limits = limits;
        this.connectionsPerTarget = connectionsPerTarget;
    }

    @Override
    public void acquire(Target target, UpstreamCall call) {
        pool(target).acquire(call);
    }

    @Override
    public void connect(Target target, UpstreamCall call) {
        pool(target).connect(call);
    }

    @Override
    public Dial dial(Target target, Dial.Listener listener) {
        return Dial.start(loop.loop(), target, limits, listener);
    }

    @Override
    public void forget(Target target, UpstreamCall call) {
        UpstreamPool pool = pools.get(target);
        if (pool != null) {
            pool.forget(call);
        }
    }

    void close(String owner) {
        for (Map.Entry<Target, UpstreamPool> entry : List.copyOf(pools.entrySet())) {
            if (entry.getKey().owner().equals(owner)) {
                entry.getValue().closeAll();
            }
        }
    }

    private UpstreamPool pool(Target target) {
        UpstreamPool pool = pools.get(target);
        if (pool == null) {
            pool = new UpstreamPool(loop, target, limits, connectionsPerTarget, () -> pools.remove(target));
            pools.put(target, pool);
        }
        return pool;
    }
}
