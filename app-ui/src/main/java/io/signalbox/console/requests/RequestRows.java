package io.signalbox.console.requests;

import io.signalbox.mesh.explain.RequestLine;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import javafx.collections.transformation.FilteredList;

/**
 * The newest requests, those that ended last first, and those that wait to be taken in. Bounded; each request is in it
 * once. Belongs to the user-interface thread.
 */
final class RequestRows {

    static final int KEPT = 2_000;

    private static final Comparator<RequestLine> NEWEST_FIRST =
            Comparator.comparing(RequestRows::end).reversed();

    private final ObservableList<RequestLine> all = FXCollections.observableArrayList();
    private final FilteredList<RequestLine> shown = new FilteredList<>(all);
    private final List<RequestLine> waiting = new ArrayList<>();
    private final Set<RequestLine> known = new HashSet<>();
    private Predicate<RequestLine> wanted = line -> true;

    /** When a request ended. */
    static Instant end(RequestLine line) {
        return line.at().plusNanos(line.durationNanos());
    }

    /** Those that the filter leaves. */
    ObservableList<RequestLine> shown() {
        return shown;
    }

    int total() {
        return all.size();
    }

    /** How many wait that the filter leaves. */
    int newer() {
        return (int) waiting.stream().filter(wanted).count();
    }

    void filter(Predicate<RequestLine> now) {
        wanted = now;
        shown.setPredicate(now);
    }

    /**
     * Lets requests wait.
     *
     * @return how many of those that waited gave way
     */
    int add(List<RequestLine> fresh) {
        for (RequestLine line : fresh) {
            if (known.add(line)) {
                waiting.add(line);
            }
        }
        if (waiting.size() <= KEPT) {
            return 0;
        }
        waiting.sort(NEWEST_FIRST);
        return forget(waiting);
    }

    /** Takes in what waits; the oldest give way. */
    void takeIn() {
        if (waiting.isEmpty()) {
            return;
        }
        List<RequestLine> fresh = new ArrayList<>(waiting);
        waiting.clear();
        fresh.sort(NEWEST_FIRST);
        if (all.isEmpty() || !end(fresh.getLast()).isBefore(end(all.getFirst()))) {
            all.addAll(0, fresh);
        } else {
            fresh.addAll(all);
            fresh.sort(NEWEST_FIRST);
            all.setAll(fresh);
        }
        forget(all);
    }

    private int forget(List<RequestLine> newestFirst) {
        int over = Math.max(0, newestFirst.size() - KEPT);
        if (over > 0) {
            List<RequestLine> oldest = newestFirst.subList(KEPT, newestFirst.size());
            oldest.forEach(known::remove);
            oldest.clear();
        }
        return over;
    }
}
