package io.signalbox.console.widget;

import io.signalbox.mesh.time.Scheduler;
import java.util.HashMap;
import java.util.Map;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

/**
 * The toasts on screen, oldest first, three at most: a fourth takes the place of the oldest that would have left by
 * itself, or else of the oldest. Used on the FX thread only.
 */
public final class Toasts {

    static final int MOST = 3;

    private final Scheduler scheduler;
    private final ObservableList<Toast> shown = FXCollections.observableArrayList();
    private final ObservableList<Toast> readOnly = FXCollections.unmodifiableObservableList(shown);
    private final Map<Toast, Scheduler.Cancellable> leaving = new HashMap<>();

    public Toasts(Scheduler scheduler) {
        this.scheduler = scheduler;
    }

    public ObservableList<Toast> shown() {
        return readOnly;
    }

    /** Shows a toast; one that is already there starts its time again. */
    public void show(Toast toast) {
        close(toast);
        if (shown.size() == MOST) {
            close(shown.stream()
                    .filter(old -> old.staysFor().isPresent())
                    .findFirst()
                    .orElse(shown.getFirst()));
        }
        shown.add(toast);
        toast.staysFor().ifPresent(stay -> leaving.put(toast, scheduler.schedule(stay, () -> close(toast))));
    }

    public void close(Toast toast) {
        Scheduler.Cancellable waiting = leaving.remove(toast);
        if (waiting != null) {
            waiting.cancel();
        }
        shown.remove(toast);
    }
}
