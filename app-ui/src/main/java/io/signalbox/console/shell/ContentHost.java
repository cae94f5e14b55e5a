package io.signalbox.console.shell;

import io.signalbox.console.text.Texts;
import io.signalbox.console.widget.Action;
import io.signalbox.console.widget.StateHost;
import io.signalbox.console.widget.ViewState;
import io.signalbox.mesh.time.Scheduler;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
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

    private final Map<ScreenId, ScreenFactory> factories;
    private final ShellContext shell;
    private final Texts texts;
    private final Scheduler scheduler;
    private final Map<ScreenId, Screen> screens = new EnumMap<>(ScreenId.class);
    private @Nullable Screen current;
    private @Nullable ScreenId place;

    ContentHost(Map<ScreenId, ScreenFactory> factories, ShellContext shell, Texts texts, Scheduler scheduler) {
        this.factories = factories;
        this.shell = shell;
        this.texts = texts;
        this.scheduler = scheduler;
        getStyleClass().add("mesh-content");
        // What has no room is cut at its end, and never lies over the rail.
        setAlignment(Pos.TOP_LEFT);
    }

    /** Shows a screen, made now if it has not been, at one thing if that is given. */
    void show(ScreenId id, Optional<String> target) {
        if (place != id || current == null) {
            hideCurrent();
            place = id;
            try {
                Screen screen = screens.computeIfAbsent(id, this::create);
                getChildren().setAll(screen.view());
                current = screen;
                screen.shown();
            } catch (RuntimeException failure) {
                crashed(failure);
                return;
            }
        }
        Screen screen = current;
        if (screen != null) {
            target.ifPresent(thing -> guarded(() -> screen.reveal(thing)));
        }
    }

    /** The screen that is shown; empty while it has crashed. */
    Optional<Screen> current() {
        return Optional.ofNullable(current);
    }

    /** Tells the screen that is shown to close what it holds. */
    void hideCurrent() {
        Screen leaving = current;
        current = null;
        if (leaving != null) {
            try {
                leaving.hidden();
            } catch (RuntimeException failure) {
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
        } catch (RuntimeException failure) {
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
}
