package io.signalbox.console.shell;

import io.signalbox.console.feed.MeshFeed;
import io.signalbox.console.format.Formats;
import io.signalbox.console.settings.SettingsScreen;
import io.signalbox.console.testing.FakeMesh;
import io.signalbox.console.testing.ManualScheduler;
import io.signalbox.console.text.Texts;
import io.signalbox.console.theme.Appearance;
import io.signalbox.console.theme.MemoryPreferences;
import io.signalbox.console.theme.Theme;
import io.signalbox.console.widget.ConnectionChip;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.VBox;

/** A shell on a mesh that a test drives, with a plain screen in each place. */
final class ShellFixture {

    final FakeMesh mesh = new FakeMesh();
    final ManualScheduler time = new ManualScheduler();
    final MemoryPreferences preferences = new MemoryPreferences();
    final MeshFeed feed = new MeshFeed(mesh.connection(), Runnable::run, time, InstantSource.fixed(FakeMesh.NOON));
    final Appearance appearance = new Appearance(preferences);
    final List<String> log = new ArrayList<>();
    final List<Command> extraCommands = new ArrayList<>();
    final Map<ScreenId, ScreenFactory> screens = new EnumMap<>(ScreenId.class);

    Opening opening = Opening.AT_ONCE;

    ShellFixture(Theme theme) {
        appearance.themeProperty().set(theme);
        for (ScreenId id : ScreenId.values()) {
            screens.put(id, shell -> {
                log.add("create " + id.id());
                return new PlainScreen(id, log);
            });
        }
        Texts texts = Texts.of(Locale.ENGLISH);
        Formats formats = Formats.of(Locale.ENGLISH, ZoneOffset.UTC);
        screens.put(ScreenId.SETTINGS, shell -> new SettingsScreen(appearance, preferences, texts, formats));
        feed.start();
    }

    /** The parts with the screens as they are now. */
    ShellParts partsWithScreens() {
        return new ShellParts(
                feed,
                appearance,
                preferences,
                Texts.of(Locale.ENGLISH),
                Formats.of(Locale.ENGLISH, ZoneOffset.UTC),
                time,
                time,
                ConnectionChip.Environment.DEV,
                "embedded",
                screens,
                opening,
                List.of(query -> extraCommands));
    }

    /** A screen that only says its name and writes down what happens to it. */
    static final class PlainScreen implements Screen {

        private final ScreenId id;
        private final List<String> log;
        private final TextField filter = new TextField();
        private final VBox view;

        PlainScreen(ScreenId id, List<String> log) {
            this.id = id;
            this.log = log;
            Label title = new Label("This is " + id.id());
            title.getStyleClass().add("mesh-h1");
            filter.setId("filter");
            view = new VBox(title, filter);
            view.getStyleClass().add("mesh-screen");
        }

        @Override
        public ScreenId id() {
            return id;
        }

        @Override
        public Node view() {
            return view;
        }

        @Override
        public void shown() {
            log.add("shown " + id.id());
        }

        @Override
        public void hidden() {
            log.add("hidden " + id.id());
        }

        @Override
        public void reveal(String target) {
            log.add("reveal " + target);
        }

        @Override
        public void focusFilter() {
            filter.requestFocus();
        }
    }
}
