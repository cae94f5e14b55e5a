package io.signalbox.mesh.metrics;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The values that one label may take: names that come and go, of which those beyond a number count under one. Safe to use
 * from any thread.
 */
final class BoundedNames {

    static final String OTHER = "other";

    private final int most;
    private final Set<String> names = ConcurrentHashMap.newKeySet();

    BoundedNames(int most) {
        this.most = most;
    }

    /** That name, or {@link #OTHER}. */
    String of(String name) {
        if (!names.contains(name) && names.size() < most) {
            names.add(name);
        }
        return names.contains(name) ? name : OTHER;
    }
}
