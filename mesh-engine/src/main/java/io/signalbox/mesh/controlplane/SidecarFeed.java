package io.signalbox.mesh.controlplane;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.signalbox.mesh.client.attach.MeshUpdate;
import io.signalbox.mesh.client.attach.ServiceUpdate;
import io.signalbox.mesh.client.json.Json;
import io.signalbox.mesh.model.ServiceConfig;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What attached sidecars are told: each change is found and written down once, whatever their number. Safe from any
 * thread; followers are called under its lock and must not block.
 */
final class SidecarFeed {

    /** All that is said of one service. */
    record Told(ServiceConfig config, ServiceUpdate.Standing standing, List<String> out) {

        Told {
            out = List.copyOf(out);
        }

        /** Whether nothing is known of it: no instance, no policy, nobody who left. */
        boolean isNothing() {
            return standing == ServiceUpdate.Standing.ABSENT && config.policyRevision() == 0 && out.isEmpty();
        }
    }

    /** One event of the stream. */
    record Frame(String event, long revision, String text) {}

    /** One who is told. */
    interface Follower {

        /** Takes a frame in order; false when there is no room, so that everything must be told anew. */
        boolean offer(Frame frame);

        /** Forgets what was offered of the mesh, and takes this instead. */
        void restart(Frame whole);
    }

    private record Entry(Told told, String text) {}

    @GuardedBy("this")
    private final Map<String, Entry> entries = new TreeMap<>();

    @GuardedBy("this")
    private final Set<Follower> followers = new HashSet<>();

    @GuardedBy("this")
    private @Nullable Frame whole;

    @GuardedBy("this")
    private long revision;

    @GuardedBy("this")
    private boolean warm;

    /** Tells followers in what this differs from what they were told. */
    synchronized void tell(Map<String, Told> now) {
        List<String> changed = new ArrayList<>();
        List<String> removed = new ArrayList<>();
        now.forEach((service, told) -> {
            Entry before = entries.get(service);
            if (!told.isNothing() && (before == null || !before.told().equals(told))) {
                Entry after = new Entry(told, Json.text(ServiceUpdate.of(told.config(), told.standing(), told.out())));
                entries.put(service, after);
                changed.add(after.text());
            }
        });
        entries.keySet().removeIf(service -> {
            Told told = now.get(service);
            boolean gone = told == null || told.isNothing();
            if (gone) {
                removed.add(service);
            }
            return gone;
        });
        if (changed.isEmpty() && removed.isEmpty()) {
            return;
        }
        revision++;
        whole = null;
        announce(new Frame(
                MeshUpdate.CHANGE,
                revision,
                head() + ",\"services\":" + list(changed) + ",\"removed\":" + Json.text(removed) + "}"));
    }

    /** From now on silence of an instance means that it is gone. */
    synchronized void warm() {
        if (!warm) {
            warm = true;
            revision++;
            whole = null;
            announce(new Frame(MeshUpdate.WARM, revision, head() + "}"));
        }
    }

    /** Tells everything, and from then on each change. */
    synchronized void follow(Follower follower) {
        follower.restart(whole());
        followers.add(follower);
    }

    synchronized void leave(Follower follower) {
        followers.remove(follower);
    }

    synchronized long revision() {
        return revision;
    }

    @GuardedBy("this")
    private void announce(Frame frame) {
        for (Follower follower : followers) {
            if (!follower.offer(frame)) {
                follower.restart(whole());
            }
        }
    }

    @GuardedBy("this")
    private Frame whole() {
        Frame known = whole;
        if (known == null) {
            known = new Frame(
                    MeshUpdate.MESH,
                    revision,
                    head() + ",\"services\":"
                            + list(entries.values().stream().map(Entry::text).toList()) + "}");
            whole = known;
        }
        return known;
    }

    @GuardedBy("this")
    private String head() {
        return "{\"revision\":" + revision + ",\"warm\":" + warm;
    }

    private static String list(List<String> texts) {
        return "[" + String.join(",", texts) + "]";
    }
}
