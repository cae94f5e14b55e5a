package io.signalbox.console.rehearsal;

import io.signalbox.console.shell.Screen;
import io.signalbox.console.shell.ScreenFactory;
import io.signalbox.console.shell.ScreenId;
import io.signalbox.console.shell.ShellContext;
import io.signalbox.console.text.Texts;
import io.signalbox.console.theme.Motion;
import io.signalbox.console.widget.ConnectionChip;
import io.signalbox.console.widget.OverlayHost;
import io.signalbox.console.widget.Overlays;
import io.signalbox.mesh.time.Scheduler;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import javafx.scene.Scene;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;

/**
 * Screens over an example mesh, in a scene that is in no window. Made and used by one thread, which is not the FX thread:
 * nodes may be built, styled and laid out by any thread as long as no window shows them.
 */
public final class Play {

    private static final double WIDTH = 1440;
    private static final double HEIGHT = 900;

    /** A service of the example. */
    private static final String SERVICE = "catalog";

    private final Later later = new Later();
    private final StackPane root = new StackPane();
    private final Map<ScreenId, ScreenFactory> screens;
    private final ShellContext shell;

    /** @param sheets that the console's scenes wear */
    public Play(Function<Props, Map<ScreenId, ScreenFactory>> screens, List<String> sheets, Texts texts) {
        Scheduler never = new Never();
        this.screens = screens.apply(new Props(ExampleMesh.open(), later, never));
        root.getStyleClass().add(Motion.REDUCED_STYLE);
        shell = new Nowhere(new OverlayHost(new Region(), texts, never));
        new Scene(root, WIDTH, HEIGHT).getStylesheets().setAll(sheets);
    }

    /** Opens a screen, looks at one service there and leaves it. */
    public void of(ScreenId id) {
        ScreenFactory factory = screens.get(id);
        if (factory == null) {
            return;
        }
        Screen screen = factory.create(shell);
        root.getChildren().setAll(screen.view());
        settle();
        screen.shown();
        settle();
        screen.reveal(SERVICE);
        settle();
        screen.hidden();
        root.getChildren().clear();
    }

    private void settle() {
        later.run();
        root.resize(WIDTH, HEIGHT);
        root.applyCss();
        root.layout();
    }

    /** No time passes here. */
    private static final class Never implements Scheduler {

        @Override
        public Cancellable schedule(Duration delay, Runnable task) {
            return () -> {};
        }

        @Override
        public Cancellable scheduleEvery(Duration period, Runnable task) {
            return () -> {};
        }
    }

    /** There is no other screen to go to. */
    private record Nowhere(Overlays overlays) implements ShellContext {

        @Override
        public ConnectionChip.Environment environment() {
            return ConnectionChip.Environment.DEV;
        }

        @Override
        public void open(ScreenId screen) {}

        @Override
        public void open(ScreenId screen, String target) {}
    }
}
