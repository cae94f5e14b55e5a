package io.signalbox.console.screen;

import io.signalbox.console.widget.MeshButton;
import io.signalbox.mesh.time.Scheduler;
import java.time.Duration;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;

/**
 * How many of a long list are there as nodes: a few more with each pulse, fewer on a machine that is busy, up to a page, and
 * the next page when somebody presses for it. So no list, however long, keeps the FX thread for long. Used on the FX thread
 * only.
 */
public final class Growing {

    private static final Duration PULSE = Duration.ofMillis(40);

    private final int page;
    private final int step;
    private final Workbench bench;
    private final Runnable again;
    private final Label left = new Label();
    private final HBox bar;
    private int limit;
    private int built;

    /** How many come at once now. */
    private int pace;

    private Scheduler.Cancellable next = () -> {};

    /**
     * None of a list yet.
     *
     * @param page at most so many without being asked for more
     * @param step at most so many more at once
     * @param again shows the list anew, when there is time for more of it
     */
    public Growing(int page, int step, Workbench bench, Runnable again) {
        this.page = page;
        this.step = step;
        this.pace = step;
        this.bench = bench;
        this.again = again;
        limit = page;
        MeshButton more = new MeshButton(
                        MeshButton.Kind.SECONDARY, bench.texts().get("screen.more"))
                .small()
                .onPress(this::more);
        left.getStyleClass().addAll("mesh-small", "mesh-muted");
        bar = new HBox(left, more);
        bar.getStyleClass().addAll("screen-pair", "screen-more");
        bar.setAlignment(Pos.CENTER_LEFT);
    }

    /** How many of so many are to be shown now; shows the list anew by itself when more may be. */
    public int of(int wanted) {
        next.cancel();
        int goal = Math.min(wanted, limit);
        built = Math.min(goal, built + pace);
        if (built < goal) {
            long due = bench.ticker().nanos() + PULSE.toNanos();
            next = bench.scheduler().schedule(PULSE, () -> goOn(due));
        }
        left.setText(bench.texts()
                .get(
                        "screen.more.shown",
                        bench.formats().count(goal),
                        bench.formats().count(wanted)));
        bar.setVisible(wanted > limit);
        bar.setManaged(wanted > limit);
        return built;
    }

    /** Lets at least so many be shown, at once. */
    public void reach(int count) {
        limit = Math.max(limit, count);
        built = Math.max(built, count);
    }

    /** Begins with none again: what is shown next has nothing to do with what is shown now. */
    public void restart() {
        built = 0;
    }

    /** Shows no more by itself until the list is shown anew: nobody looks. */
    public void rest() {
        next.cancel();
    }

    /** What says how many are not shown, and shows more of them; takes no room while all are. */
    public HBox bar() {
        return bar;
    }

    /** Half as many as last time when those were not there in time, else twice as many. */
    private void goOn(long due) {
        boolean late = bench.ticker().nanos() - due > PULSE.toNanos();
        pace = late ? Math.max(1, pace / 2) : Math.min(step, pace * 2);
        again.run();
    }

    private void more() {
        limit += page;
        again.run();
    }
}
