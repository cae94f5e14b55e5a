package io.signalbox.console.shell;

import io.signalbox.console.text.Texts;
import io.signalbox.console.widget.Action;
import io.signalbox.console.widget.StateHost;
import io.signalbox.console.widget.ViewState;
import io.signalbox.mesh.time.Scheduler;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import javafx.geometry.Pos;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import org.jspecify.annotations.Nullable;

/**
 * The area that screens fill: makes each screen when it is first opened, keeps it, and tells it when it comes and goes.
 * A screen that throws is replaced alone, by a pane that says so and opens it again.
 */
final class ContentHost extends StackPane {

    private static final System.Logger LOG = System.getLogger(ContentHost.class.getName());

    /** A screen comes to its height in so many steps. */
    private static final int PARTS = 4;

    private final Map<ScreenId, ScreenFactory> factories;
    private final ShellContext shell;
    private final Texts texts;
    private final Scheduler scheduler;
    private final Opening opening;
    private final Map<ScreenId, Screen> screens = new EnumMap<>(ScreenId.class);
    private @Nullable Screen current;
    private @Nullable ScreenId place;
    private @Nullable Visit coming;
    private double share = 1;

    ContentHost(
            Map<ScreenId, ScreenFactory> factories,
            ShellContext shell,
            Texts texts,
            Scheduler scheduler,
            Opening opening) {
        this.factories = factories;
        this.shell = shell;
        this.texts = texts;
        this.scheduler = scheduler;
        this.opening = opening;
        getStyleClass().add("mesh-content");
        // What has no room is cut at its end, and never lies over the rail.
        setAlignment(Pos.TOP_LEFT);
    }

    /** Shows a screen, made step by step if it has not been, at one thing if that is given. */
    void show(ScreenId id, Optional<String> target) {
        if (place != id || (current == null && coming == null)) {
            hideCurrent();
            place = id;
            begin(new Visit(id));
        }
        Visit under = coming;
        if (under != null) {
            under.target = target;
        } else {
            reveal(target);
        }
    }

    private void begin(Visit visit) {
        coming = visit;
        visit.screen = screens.get(visit.id);
        if (visit.screen != null) {
            step(visit, () -> {
                enter(visit);
                tell(visit);
                unveil(visit);
            });
            return;
        }
        List<Runnable> steps = new ArrayList<>();
        steps.add(() -> step(visit, () -> make(visit)));
        steps.add(() -> step(visit, () -> enter(visit)));
        steps.add(() -> step(visit, () -> tell(visit)));
        for (int part = 2; part <= PARTS; part++) {
            double share = (double) part / PARTS;
            steps.add(() -> step(visit, () -> grow(share)));
        }
        steps.add(() -> step(visit, () -> unveil(visit)));
        opening.open(visit.id, steps);
        if (coming == visit) {
            veil(visit);
        }
    }

    /** Takes a step, unless another screen was asked for meanwhile. */
    private void step(Visit visit, Runnable step) {
        if (coming == visit) {
            guarded(step);
        }
    }

    private void make(Visit visit) {
        Screen made = create(visit.id);
        screens.put(visit.id, made);
        visit.screen = made;
    }

    /** Puts the view behind what says that it is on its way. */
    private void enter(Visit visit) {
        grow(1.0 / PARTS);
        getChildren().setAll(visit.made().view());
        if (visit.veil != null) {
            veil(visit);
        }
    }

    private void tell(Visit visit) {
        current = visit.made();
        visit.made().shown();
    }

    /** Gives what comes a share of the height: a list makes nodes for as much of itself as there is room for. */
    private void grow(double toShare) {
        share = toShare;
        requestLayout();
    }

    private void unveil(Visit visit) {
        coming = null;
        grow(1);
        visit.made().view().setOpacity(1);
        getChildren().setAll(visit.made().view());
        reveal(visit.target);
        if (visit.filterWanted) {
            focusFilter();
        }
    }

    /** Says that the screen is on its way, instead of showing how it comes about. */
    private void veil(Visit visit) {
        if (visit.veil == null) {
            visit.veil = new StateHost(new Region(), scheduler);
            visit.veil.stateProperty().set(new ViewState.Loading(texts.get(visit.id.titleKey())));
        }
        if (visit.screen != null && getChildren().contains(visit.screen.view())) {
            visit.screen.view().setOpacity(0);
            getChildren().setAll(visit.screen.view(), visit.veil);
        } else {
            getChildren().setAll(visit.veil);
        }
    }

    private void reveal(Optional<String> target) {
        Screen screen = current;
        if (screen != null) {
            target.ifPresent(thing -> guarded(() -> screen.reveal(thing)));
        }
    }

    /** Puts the focus into the filter of the screen that is shown, or of the one on its way once it is there. */
    void focusFilter() {
        Visit visit = coming;
        Screen screen = current;
        if (visit != null) {
            visit.filterWanted = true;
        } else if (screen != null) {
            guarded(screen::focusFilter);
        }
    }

    @Override
    protected void layoutChildren() {
        super.layoutChildren();
        Visit visit = coming;
        if (visit != null && visit.screen != null && share < 1) {
            visit.screen.view().resize(getWidth(), getHeight() * share);
        }
    }

    /** The screen that is shown; empty while one is on its way, or has crashed. */
    Optional<Screen> current() {
        return coming == null ? Optional.ofNullable(current) : Optional.empty();
    }

    /** Tells the screen that is shown to close what it holds. */
    void hideCurrent() {
        Screen leaving = current;
        current = null;
        coming = null;
        share = 1;
        if (leaving != null) {
            try {
                leaving.hidden();
            } catch (RuntimeException | Error failure) {
                LOG.log(System.Logger.Level.ERROR, "screen " + leaving.id() + " failed while it was left", failure);
                screens.remove(leaving.id());
            }
        }
    }

    /**
     * Takes the blame for a failure on the FX thread if code of the screen that is shown was running.
     *
     * @return whether it was
     */
    boolean takesBlame(Throwable failure) {
        Screen screen = current;
        if (screen == null) {
            return false;
        }
        String home = screen.getClass().getPackageName() + ".";
        for (Throwable at = failure; at != null; at = at.getCause()) {
            for (StackTraceElement frame : at.getStackTrace()) {
                if (frame.getClassName().startsWith(home)) {
                    crashed(failure);
                    return true;
                }
            }
        }
        return false;
    }

    private Screen create(ScreenId id) {
        ScreenFactory factory = factories.get(id);
        if (factory == null) {
            throw new IllegalArgumentException("screen: " + id + " (expected: one of " + factories.keySet() + ")");
        }
        return factory.create(shell);
    }

    private void guarded(Runnable call) {
        try {
            call.run();
        } catch (RuntimeException | Error failure) {
            crashed(failure);
        }
    }

    private void crashed(Throwable failure) {
        ScreenId id = place;
        if (id == null) {
            return;
        }
        LOG.log(System.Logger.Level.ERROR, "screen " + id + " stopped", failure);
        hideCurrent();
        screens.remove(id);
        StateHost host = new StateHost(new Region(), scheduler);
        host.setId("crashed");
        host.stateProperty()
                .set(new ViewState.Crashed(
                        texts.get("shell.crashed.title"),
                        texts.get("shell.crashed.why"),
                        where(failure),
                        List.of(
                                new Action(texts.get("shell.crashed.again"), () -> show(id, Optional.empty())),
                                new Action(texts.get("shell.crashed.copy"), () -> copy(failure)))));
        getChildren().setAll(host);
    }

    private static String where(Throwable failure) {
        String name = failure.getClass().getSimpleName();
        StackTraceElement[] frames = failure.getStackTrace();
        if (frames.length == 0) {
            return name;
        }
        String className = frames[0].getClassName();
        return name + ", " + className.substring(className.lastIndexOf('.') + 1) + ":" + frames[0].getLineNumber();
    }

    private static void copy(Throwable failure) {
        StringWriter text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text));
        ClipboardContent content = new ClipboardContent();
        content.putString(text.toString());
        Clipboard.getSystemClipboard().setContent(content);
    }

    /** A screen that is opened for the first time, until it is there. */
    private static final class Visit {

        private final ScreenId id;
        private Optional<String> target = Optional.empty();
        private boolean filterWanted;
        private @Nullable Screen screen;
        private @Nullable StateHost veil;

        Visit(ScreenId id) {
            this.id = id;
        }

        Screen made() {
            return Objects.requireNonNull(screen);
        }
    }
}
