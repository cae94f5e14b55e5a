package io.signalbox.shop.live;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.signalbox.shop.web.WebSocketPath;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The shoppers connected to one instance, and what they are told.
 *
 * <p>While somebody is there, the feed runs on a virtual thread named {@code live-feed}; it ends after the last has left.
 * Safe from any thread; nothing is sent while its lock is held.
 */
public final class LiveRoom {

    static final String PATH = "/live";

    private final Feed feed;

    @GuardedBy("this")
    private final Set<LiveVisit> visits = new HashSet<>();

    @GuardedBy("this")
    private boolean fed;

    public LiveRoom(Feed feed) {
        this.feed = feed;
    }

    /** Where shoppers enter: {@code GET /live} with an upgrade to WebSocket. */
    public WebSocketPath door() {
        return new WebSocketPath(PATH, () -> new LiveVisit(this));
    }

    /** Tells everybody whom it concerns. */
    public void tell(LiveMessage message) {
        List<LiveVisit> all = present();
        if (!all.isEmpty()) {
            String json = message.json();
            all.stream().filter(visit -> visit.wants(message)).forEach(visit -> visit.send(json));
        }
    }

    public synchronized boolean isEmpty() {
        return visits.isEmpty();
    }

    void enter(LiveVisit visit) {
        synchronized (this) {
            visits.add(visit);
            if (fed) {
                return;
            }
            fed = true;
        }
        Thread.ofVirtual().name("live-feed").start(this::feed);
    }

    synchronized void leave(LiveVisit visit) {
        visits.remove(visit);
    }

    private synchronized List<LiveVisit> present() {
        return List.copyOf(visits);
    }

    private void feed() {
        while (isStillFed()) {
            feed.tell(this);
        }
    }

    private synchronized boolean isStillFed() {
        fed = !visits.isEmpty();
        return fed;
    }

    /** Where the news comes from. */
    @FunctionalInterface
    public interface Feed {

        /** Tells the room for a while; ends early once the room is empty, and waits a little after a failure. */
        void tell(LiveRoom room);
    }
}
