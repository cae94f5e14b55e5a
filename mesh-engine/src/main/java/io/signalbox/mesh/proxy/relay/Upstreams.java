package io.signalbox.mesh.proxy.relay;

import io.signalbox.mesh.proxy.tcp.Dial;
import io.signalbox.mesh.proxy.transport.Target;

/** Where one loop's attempts get their connections. Belongs to its loop's thread. */
public interface Upstreams {

    /** Calls {@link UpstreamCall#acquired} with a connection that is kept, else with a new one, or says why not. */
    void acquire(Target target, UpstreamCall call);

    /** The same, but never with a connection that has been kept. */
    void connect(Target target, UpstreamCall call);

    /** Connects for somebody who speaks for himself. */
    Dial dial(Target target, Dial.Listener listener);

    /** That call wants no connection any more. */
    void forget(Target target, UpstreamCall call);
}
