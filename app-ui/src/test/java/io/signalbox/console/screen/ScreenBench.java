package io.signalbox.console.screen;

import io.signalbox.console.control.Commands;
import io.signalbox.console.feed.MeshFeed;
import io.signalbox.console.fixture.FakeMesh;
import io.signalbox.console.fixture.SnapshotFixtures;
import io.signalbox.console.format.Formats;
import io.signalbox.console.shell.Screen;
import io.signalbox.console.shell.ScreenId;
import io.signalbox.console.shell.ShellContext;
import io.signalbox.console.testing.Fx;
import io.signalbox.console.testing.ManualScheduler;
import io.signalbox.console.text.Texts;
import io.signalbox.console.theme.Theme;
import io.signalbox.console.widget.ConnectionChip;
import io.signalbox.console.widget.OverlayHost;
import io.signalbox.console.widget.Overlays;
import io.signalbox.mesh.model.status.MeshSnapshot;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.TextField;
import javafx.scene.layout.StackPane;
import org.jspecify.annotations.Nullable;

/** One screen on a mesh that a test drives, with the shell's overlays around it. Used on the FX thread only. */
public final class ScreenBench implements ShellContext {

    public final FakeMesh mesh = new FakeMesh();
    public final ManualScheduler time = new ManualScheduler();
    public final MeshFeed feed;
    public final Workbench bench;
    /** What was opened elsewhere, such as {@code TOPOLOGY checkout->payment}. */
    public final List<String> opened = new ArrayList<>();

    /** How careful to be with the mesh; screens that are made later go by it. */
    public ConnectionChip.Environment environment = ConnectionChip.Environment.DEV;

    private final StackPane frame = new StackPane();
    private final OverlayHost overlays;
    private final long begin = time.nanos();
    private @Nullable Screen screen;

    public ScreenBench(Locale locale) {
        Texts texts = Texts.of(locale);
        feed = new MeshFeed(mesh, Runnable::run, time, this::now);
        feed.start();
        overlays = new OverlayHost(frame, texts, time);
        bench = new Workbench(
                feed,
                new Commands(mesh, Runnable::run, Runnable::run),
                Formats.of(locale, ZoneOffset.UTC),
                texts,
                this,
                time,
                time,
                this::now,
                "console");
    }

    /** An English screen of 1000 × 900 in a scene, shown, with these pictures already delivered. */
    public static ScreenBench showing(Function<Workbench, Screen> factory, MeshSnapshot... pictures) {
        ScreenBench made = new ScreenBench(Locale.ENGLISH);
        made.show(factory);
        made.scene(1000, 900, Theme.DARK);
        for (MeshSnapshot picture : pictures) {
            made.mesh.deliver(picture);
        }
        made.layout();
        return made;
    }

    public Screen show(Function<Workbench, Screen> factory) {
        Screen made = factory.apply(bench);
        screen = made;
        frame.getChildren().setAll(made.view());
        made.shown();
        return made;
    }

    public Scene scene(double width, double height, Theme theme) {
        return Fx.scene(overlays, width, height, theme);
    }

    public Screen screen() {
        return Objects.requireNonNull(screen);
    }

    /** Starts at the fixtures' instant and moves with the manual scheduler. */
    public Instant now() {
        return SnapshotFixtures.AT.plus(Duration.ofNanos(time.nanos() - begin));
    }

    public void layout() {
        overlays.applyCss();
        overlays.layout();
    }

    public OverlayHost root() {
        return overlays;
    }

    /** Presses the one visible button that says this. */
    public void press(String words) {
        layout();
        button(words)
                .orElseThrow(() -> new AssertionError("button: " + words + " (expected: one of " + buttons() + ")"))
                .fire();
        layout();
    }

    public boolean has(String words) {
        layout();
        return button(words).isPresent();
    }

    /** Answers the dialog that is up: types the reason and presses the button. */
    public void answer(String reason, String confirm) {
        layout();
        ((TextField) Objects.requireNonNull(overlays.lookup(".mesh-reason"), "no dialog asks for a reason"))
                .setText(reason);
        press(confirm);
    }

    /** Every text of a visible label and button, in order. */
    public List<String> words() {
        layout();
        return Nodes.words(overlays);
    }

    private Optional<ButtonBase> button(String words) {
        return Nodes.all(overlays, ButtonBase.class).stream()
                .filter(button -> words.equals(button.getText()) || words.equals(button.getAccessibleText()))
                .reduce((first, second) -> second);
    }

    private List<String> buttons() {
        return Nodes.all(overlays, ButtonBase.class).stream()
                .map(button ->
                        button.getText().isEmpty() ? String.valueOf(button.getAccessibleText()) : button.getText())
                .toList();
    }

    public <T extends Node> T find(String selector, Class<T> type) {
        layout();
        Node node = overlays.lookup(selector);
        return type.cast(Objects.requireNonNull(node, () -> selector + ": nothing"));
    }

    @Override
    public Overlays overlays() {
        return overlays;
    }

    @Override
    public ConnectionChip.Environment environment() {
        return environment;
    }

    @Override
    public void open(ScreenId id) {
        opened.add(id.name());
    }

    @Override
    public void open(ScreenId id, String target) {
        opened.add(id.name() + " " + target);
    }
}
