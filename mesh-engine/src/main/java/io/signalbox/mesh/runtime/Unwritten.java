package io.signalbox.mesh.runtime;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.signalbox.mesh.client.attach.FollowedMesh;
import io.signalbox.mesh.client.attach.LastKnown;
import io.signalbox.mesh.client.attach.ServiceUpdate;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What an attached sidecar runs and has not written down yet. One thread says what runs, another writes; the disk is not
 * touched under the lock.
 */
final class Unwritten {

    private final LastKnown lastKnown;

    @GuardedBy("this")
    private Set<String> revoked;

    @GuardedBy("this")
    private @Nullable List<ServiceUpdate> everything;

    @GuardedBy("this")
    private Map<String, Optional<ServiceUpdate>> changes = new TreeMap<>();

    /** Whether changes are enough; the writer knows. */
    private volatile boolean wantsEverything;

    /** @param revoked whose identity is believed no more */
    Unwritten(LastKnown lastKnown, Set<String> revoked) {
        this.lastKnown = lastKnown;
        this.revoked = revoked;
        this.wantsEverything = lastKnown.wantsWhole();
    }

    /** Notes what changed. */
    synchronized void changed(FollowedMesh followed) {
        Map<String, Optional<ServiceUpdate>> now = followed.takeChanges();
        if (wantsEverything) {
            everything = followed.toKeep();
            changes.clear();
        } else {
            changes.putAll(now);
        }
    }

    /** Notes whom to believe no more. */
    synchronized void revoked(Set<String> services, FollowedMesh followed) {
        if (!revoked.equals(services)) {
            revoked = services;
            Map<String, Optional<ServiceUpdate>> _ = followed.takeChanges();
            everything = followed.toKeep();
            changes.clear();
        }
    }

    /** @throws UncheckedIOException when it cannot be written; it is tried again the next time */
    void write(Instant at) {
        List<ServiceUpdate> all;
        Set<String> unbelieved;
        Map<String, Optional<ServiceUpdate>> some;
        synchronized (this) {
            all = everything;
            unbelieved = revoked;
            some = changes;
            everything = null;
            changes = new TreeMap<>();
        }
        try {
            if (all != null) {
                lastKnown.write(all, unbelieved, at);
            }
            if (!some.isEmpty()) {
                lastKnown.append(some, unbelieved, at);
            }
        } catch (UncheckedIOException e) {
            putBack(all, some);
            throw e;
        } finally {
            wantsEverything = lastKnown.wantsWhole();
        }
    }

    /** What came meanwhile is newer. */
    private synchronized void putBack(@Nullable List<ServiceUpdate> all, Map<String, Optional<ServiceUpdate>> some) {
        if (everything == null) {
            everything = all;
            Map<String, Optional<ServiceUpdate>> both = new TreeMap<>(some);
            both.putAll(changes);
            changes = both;
        }
    }
}
