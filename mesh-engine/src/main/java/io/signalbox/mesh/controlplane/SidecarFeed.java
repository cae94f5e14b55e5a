package io.signalbox.mesh.controlplane;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.signalbox.mesh.client.attach.ChangeForm;
import io.signalbox.mesh.client.attach.JoinedUpdate;
import io.signalbox.mesh.client.attach.MeshUpdate;
import io.signalbox.mesh.client.attach.ServiceUpdate;
import io.signalbox.mesh.client.json.Json;
import io.signalbox.mesh.model.Endpoint;
import io.signalbox.mesh.model.ServiceConfig;
import io.signalbox.mesh.time.Scheduler;
import io.signalbox.mesh.time.Ticker;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What attached sidecars are told: each change is found and written down once, whatever their number. Safe from any
 * thread; followers are called under its lock and must not block.
 */
final class SidecarFeed {

    /** So many followers are told of a change without rest before the next. */
    private static final int FOLLOWERS_AT_REST = 10;

    private static final Duration REST = Duration.ofMillis(1);
    private static final Duration LONGEST_REST = Duration.ofMillis(50);

    /**
     * While instances come back one by one after a start, and nothing else changes, rests are so many times as long: sidecars
     * keep those that they knew, and a service is told once for several of its instances.
     */
    private static final int COLD = 10;

    /** All that is said of one service. */
    record Told(ServiceConfig config, ServiceUpdate.Standing standing, List<String> out) {

        Told {
            out = List.copyOf(out);
        }

        /**
         * The endpoints that this has and the one before had not, where that is all the difference; empty where there is any
         * other.
         */
        List<Endpoint> joined(Told before) {
            boolean same = standing == before.standing
                    && out.equals(before.out)
                    && config.equals(before.config.withEndpoints(config.endpoints()))
                    && Set.copyOf(config.endpoints()).containsAll(before.config.endpoints());
            Set<Endpoint> had = same ? Set.copyOf(before.config.endpoints()) : Set.of();
            return same
                    ? config.endpoints().stream()
                            .filter(endpoint -> !had.contains(endpoint))
                            .toList()
                    : List.of();
        }

        /** Whether instances that are there, or are there again, are all the difference. */
        boolean comesBack(Told before) {
            ServiceConfig was = before.config;
            return out.equals(before.out)
                    && config.equals(new ServiceConfig(
                            was.policy(),
                            was.candidateWeight(),
                            config.endpoints(),
                            config.unhealthy(),
                            was.policyRevision()))
                    && Set.copyOf(config.endpoints()).containsAll(was.endpoints());
        }

        /** The same of a service that was not told of before. */
        boolean comesBack() {
            return out.isEmpty() && config.policyRevision() == 0;
        }

        /** Whether nothing is known of it: no instance, no policy, nobody who left. */
        boolean isNothing() {
            return standing == ServiceUpdate.Standing.ABSENT && config.policyRevision() == 0 && out.isEmpty();
        }
    }

    /**
     * One event of the stream.
     *
     * @param data its JSON, encoded once whatever the number of those who get it
     */
    @SuppressWarnings("ArrayRecordComponent") // nobody changes it, and frames are not compared
    record Frame(String event, long revision, byte[] data) {

        Frame(String event, long revision, String text) {
            this(event, revision, text.getBytes(StandardCharsets.UTF_8));
        }
    }

    /** One who is told. */
    interface Follower {

        /** How much of what changed it wants to be told. */
        ChangeForm form();

        /** Takes a frame in order; false when there is no room, so that everything must be told anew. */
        boolean offer(Frame frame);

        /**
         * Forgets what was offered of the mesh, and takes everything instead.
         *
         * @param whole tells it as it is when it is asked, which is best done when it is sent: many who are late share one
         */
        void restart(Supplier<Frame> whole);
    }

    /** Written down when it is first sent. For the feed's lock. */
    private static final class Entry {
        private final Told told;
        private @Nullable String text;

        Entry(Told told) {
            this.told = told;
        }

        Told told() {
            return told;
        }

        String text() {
            String written = text;
            if (written == null) {
                written = Json.text(ServiceUpdate.of(told.config(), told.standing(), told.out()));
                text = written;
            }
            return written;
        }
    }

    private final Ticker ticker;
    private final Scheduler scheduler;

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

    /** Services that changed since followers were last told, and what was said of them then. */
    @GuardedBy("this")
    private final Map<String, Optional<Told>> untold = new TreeMap<>();

    /** Whether something else than instances that come back is among them. */
    @GuardedBy("this")
    private boolean urgent;

    @GuardedBy("this")
    private long toldAt;

    /** After what was told then, in nanoseconds. */
    @GuardedBy("this")
    private long rest;

    @GuardedBy("this")
    private Scheduler.@Nullable Cancellable scheduled;

    /** When that is due. */
    @GuardedBy("this")
    private long due;

    SidecarFeed(Ticker ticker, Scheduler scheduler) {
        this.ticker = ticker;
        this.scheduler = scheduler;
        this.toldAt = ticker.nanos();
    }

    /** Tells followers in what this differs from what they were told. */
    synchronized void tell(Map<String, Told> now) {
        now.forEach(this::note);
        entries.keySet().stream()
                .filter(service -> !now.containsKey(service))
                .toList()
                .forEach(this::remove);
        announceSoon();
    }

    /** The same, of one service. */
    synchronized void tell(String service, Told now) {
        note(service, now);
        announceSoon();
    }

    @GuardedBy("this")
    private void note(String service, Told now) {
        if (now.isNothing()) {
            remove(service);
            return;
        }
        Entry before = entries.get(service);
        if (before == null || !before.told().equals(now)) {
            entries.put(service, new Entry(now));
            untold.putIfAbsent(service, Optional.ofNullable(before).map(Entry::told));
            urgent = urgent || !(before == null ? now.comesBack() : now.comesBack(before.told()));
        }
    }

    @GuardedBy("this")
    private void remove(String service) {
        Entry before = entries.remove(service);
        if (before != null) {
            untold.putIfAbsent(service, Optional.of(before.told()));
            urgent = true;
        }
    }

    /**
     * At once; but when there are many to tell, what comes in quick succession is told together. What is urgent takes along what
     * waits for longer.
     */
    @GuardedBy("this")
    private void announceSoon() {
        long until = toldAt + (warm || urgent ? rest : COLD * rest);
        if (untold.isEmpty() || (scheduled != null && due - until <= 0)) {
            return;
        }
        callOff();
        long left = until - ticker.nanos();
        if (left > 0) {
            due = until;
            scheduled = scheduler.schedule(Duration.ofNanos(left), this::announceNow);
        } else {
            announceNow();
        }
    }

    @GuardedBy("this")
    private void callOff() {
        Scheduler.Cancellable waiting = scheduled;
        if (waiting != null) {
            waiting.cancel();
            scheduled = null;
        }
    }

    private synchronized void announceNow() {
        callOff();
        urgent = false;
        if (untold.isEmpty()) {
            return;
        }
        beginRest();
        revision++;
        whole = null;
        Map<ChangeForm, Frame> frames = new EnumMap<>(ChangeForm.class);
        for (Follower follower : followers) {
            Frame known = frames.get(follower.form());
            Frame frame = known == null ? change(follower.form()) : known;
            frames.put(follower.form(), frame);
            send(follower, frame);
        }
        untold.clear();
    }

    @GuardedBy("this")
    private Frame change(ChangeForm form) {
        List<String> changed = new ArrayList<>();
        List<String> joined = new ArrayList<>();
        List<String> removed = new ArrayList<>();
        for (Map.Entry<String, Optional<Told>> one : untold.entrySet()) {
            String service = one.getKey();
            Entry entry = entries.get(service);
            List<Endpoint> more = form == ChangeForm.SERVICES || entry == null
                    ? List.of()
                    : one.getValue().map(entry.told()::joined).orElse(List.of());
            if (entry == null) {
                removed.add(service);
            } else if (more.isEmpty()) {
                changed.add(entry.text());
            } else {
                joined.add(Json.text(JoinedUpdate.of(service, more)));
            }
        }
        return new Frame(
                MeshUpdate.CHANGE,
                revision,
                head() + ",\"services\":" + list(changed)
                        + (joined.isEmpty() ? "" : ",\"joined\":" + list(joined))
                        + ",\"removed\":" + Json.text(removed) + "}");
    }

    @GuardedBy("this")
    private void beginRest() {
        toldAt = ticker.nanos();
        rest = Math.min(LONGEST_REST.toNanos(), followers.size() / FOLLOWERS_AT_REST * REST.toNanos());
    }

    /** From now on silence of an instance means that it is gone. */
    synchronized void warm() {
        if (!warm) {
            announceNow();
            warm = true;
            beginRest();
            revision++;
            whole = null;
            Frame frame = new Frame(MeshUpdate.WARM, revision, head() + "}");
            for (Follower follower : followers) {
                send(follower, frame);
            }
        }
    }

    /** Tells everything, and from then on each change. */
    synchronized void follow(Follower follower) {
        follower.restart(this::everything);
        followers.add(follower);
    }

    synchronized void leave(Follower follower) {
        followers.remove(follower);
    }

    synchronized long revision() {
        return revision;
    }

    @GuardedBy("this")
    private void send(Follower follower, Frame frame) {
        if (!follower.offer(frame)) {
            follower.restart(this::everything);
        }
    }

    private synchronized Frame everything() {
        return whole();
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
