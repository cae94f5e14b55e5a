package io.signalbox.shop.line;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The line services as one instance reaches them: by name, each with connections of its own. Safe from any thread. */
public final class LineNeighbours implements AutoCloseable {

    private final Dialler dialler;
    private final Map<String, LinePool> pools = new ConcurrentHashMap<>();

    public LineNeighbours(Dialler dialler) {
        this.dialler = dialler;
    }

    public LinePool pool(String service) {
        return pools.computeIfAbsent(service, name -> new LinePool(dialler, name));
    }

    /** Ends every connection. */
    @Override
    public void close() {
        pools.values().forEach(LinePool::close);
    }
}
