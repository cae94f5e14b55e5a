package io.signalbox.console.shell;

import io.signalbox.console.widget.ConnectionChip;
import io.signalbox.console.widget.OverlayHost;
import io.signalbox.console.widget.Overlays;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.Scene;
import javafx.scene.image.Image;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.stage.Stage;
import javafx.util.Subscription;

/**
 * The console's window: rail, top bar, the screens, and what lies over them. Used on the FX thread only.
 *
 * <p>{@link #close} closes the screen that is shown and every subscription of the shell; the feed is the caller's.
 */
public final class ConsoleShell implements ShellContext, AutoCloseable {

    private static final System.Logger LOG = System.getLogger(ConsoleShell.class.getName());
    private static final PseudoClass STALE = PseudoClass.getPseudoClass("stale");

    private final ShellParts parts;
    private final Set<ScreenId> screens;
    private final ShellViewModel viewModel;
    private final StatusBarViewModel status;
    private final Rail rail;
    private final TopBar topBar;
    private final DisconnectedBar disconnected;
    private final VBox bars = new VBox();
    private final ContentHost content;
    private final OverlayHost overlays;
    private final RegionCycle regions;
    private final List<CommandSource> commands = new ArrayList<>();
    private Subscription subscriptions = Subscription.EMPTY;

    public ConsoleShell(ShellParts parts) {
        this.parts = parts;
        screens = parts.screens().keySet();
        viewModel = new ShellViewModel(parts.feed(), parts.preferences());
        status = new StatusBarViewModel(parts.feed(), parts.scheduler());
        rail = new Rail(screens, parts.texts(), this::open);
        topBar = new TopBar(
                parts,
                new TopBar.Actions(
                        this::openPalette,
                        parts.appearance()::toggleTheme,
                        this::openShortcuts,
                        () -> open(ScreenId.CONNECTIONS)));
        disconnected = new DisconnectedBar(parts.texts(), parts.formats());
        bars.getChildren().addAll(topBar, disconnected);
        content = new ContentHost(parts.screens(), this, parts.texts(), parts.scheduler(), parts.opening());
        BorderPane inner = new BorderPane();
        inner.setTop(bars);
        inner.setCenter(content);
        BorderPane window = new BorderPane();
        window.setLeft(rail);
        window.setCenter(inner);
        content.setMinSize(0, 0);
        window.setMinSize(0, 0);
        window.getStyleClass().add("mesh-window");
        if (parts.environment() == ConnectionChip.Environment.PROD) {
            window.getStyleClass().add("mesh-window-prod");
        }
        overlays = new OverlayHost(window, parts.texts(), parts.scheduler());
        regions = new RegionCycle(List.of(rail, topBar, content, overlays.toastRegion()));
        commands.add(new ShellCommands(parts.texts(), screens, parts.appearance(), this::open, this::openShortcuts));
        commands.addAll(parts.commands());
    }

    /** Dresses a stage that is shown already, in place of the shell that it wore; it stays where it is. */
    public void takeOver(Stage stage) {
        double width = stage.getWidth();
        double height = stage.getHeight();
        stage.setScene(scene());
        stage.setWidth(width);
        stage.setHeight(height);
        Thread.currentThread().setUncaughtExceptionHandler((thread, failure) -> failed(failure));
    }

    /** Dresses the stage, puts it where it was last and shows the screen that was open last. */
    public void open(Stage stage) {
        WindowMemory memory = new WindowMemory(parts.preferences());
        stage.setScene(scene());
        stage.setTitle(parts.texts().get("app.name"));
        try (InputStream icon = ConsoleShell.class.getResourceAsStream("/io/signalbox/console/shell/icon.png")) {
            if (icon != null) {
                stage.getIcons().add(new Image(icon));
            }
        } catch (IOException unreadable) {
            LOG.log(System.Logger.Level.DEBUG, "icon", unreadable);
        }
        memory.restore(stage);
        stage.setOnHiding(event -> memory.remember(stage));
        Thread.currentThread().setUncaughtExceptionHandler((thread, failure) -> failed(failure));
        stage.show();
    }

    /** The shell in a scene of its own, with its keys and its subscriptions; call once. */
    public Scene scene() {
        Scene scene = new Scene(overlays, 1440, 900);
        parts.appearance().attach(scene);
        SingleLetters letters = new SingleLetters(parts.preferences());
        new ShellKeys(new Keys(scene), parts.ticker(), overlays.cardUpProperty()::get, letters::areOn).listenTo(scene);
        subscriptions = Subscription.combine(
                viewModel.placeProperty().subscribe(this::go),
                viewModel.badgesProperty().subscribe(rail::showBadges),
                status.figuresProperty().subscribe(topBar::show),
                status.ageProperty().subscribe(age -> showConnection()),
                status.connectionProperty().subscribe(connection -> showConnection()),
                parts.appearance().themeProperty().subscribe(theme -> topBar.showTheme(theme.isDark())),
                scene.widthProperty().subscribe(width -> fold(scene)),
                scene.heightProperty().subscribe(height -> fold(scene)),
                parts.appearance().sizePercentProperty().subscribe(percent -> fold(scene)));
        return scene;
    }

    /** Puts a bar below the others, above the screens; it takes no room while it is not managed. */
    public void addBar(Region bar) {
        bars.getChildren().add(bar);
    }

    @Override
    public Overlays overlays() {
        return overlays;
    }

    @Override
    public ConnectionChip.Environment environment() {
        return parts.environment();
    }

    @Override
    public void open(ScreenId screen) {
        viewModel.open(screen);
    }

    @Override
    public void open(ScreenId screen, String target) {
        viewModel.open(screen, target);
    }

    /** The screen that is shown; empty while one is on its way, or has crashed. */
    public Optional<ScreenId> shown() {
        return content.current().map(Screen::id);
    }

    @Override
    public void close() {
        subscriptions.unsubscribe();
        content.hideCurrent();
        status.close();
        viewModel.close();
    }

    private void go(ShellViewModel.Place place) {
        ScreenId screen = screens.contains(place.screen())
                ? place.screen()
                : screens.stream().sorted().findFirst().orElseThrow();
        rail.select(screen);
        content.show(screen, place.target());
    }

    private void showConnection() {
        StatusBarViewModel.Connection now = status.connectionProperty().get();
        topBar.showAge(status.ageProperty().get(), now.lamp());
        disconnected.show(now.lost(), status.ageProperty().get());
        content.pseudoClassStateChanged(STALE, now.lost().isPresent());
    }

    private void fold(Scene scene) {
        double unit = parts.appearance().sizePercentProperty().get() / 100.0;
        topBar.fold(scene.getWidth(), unit);
        rail.showNames(scene.getWidth() >= 1200 * unit && scene.getHeight() >= 760 * unit);
    }

    private void failed(Throwable failure) {
        if (!content.takesBlame(failure)) {
            LOG.log(System.Logger.Level.ERROR, "the console failed", failure);
        }
    }

    private void openPalette() {
        CommandPalette palette =
                new CommandPalette(parts.texts(), query -> ShellCommands.find(commands, query), command -> {
                    overlays.close();
                    command.run().run();
                });
        overlays.showCard(palette, palette.field(), Pos.TOP_CENTER, () -> {});
    }

    private void openShortcuts() {
        ShortcutSheet sheet = new ShortcutSheet(parts.texts(), screens, overlays::close);
        overlays.showCard(sheet, sheet.closeButton(), Pos.CENTER, () -> {});
    }

    /** The keys that work everywhere, on this window. */
    private final class Keys implements ShellKeys.Actions {

        private final Scene scene;

        Keys(Scene scene) {
            this.scene = scene;
        }

        @Override
        public void palette() {
            openPalette();
        }

        @Override
        public void shortcuts() {
            openShortcuts();
        }

        @Override
        public void filter() {
            content.focusFilter();
        }

        @Override
        public void nextRegion() {
            regions.move(scene, 1);
        }

        @Override
        public void previousRegion() {
            regions.move(scene, -1);
        }

        @Override
        public boolean leadsTo(String letter) {
            return screen(letter).isPresent();
        }

        private Optional<ScreenId> screen(String letter) {
            return screens.stream()
                    .filter(screen -> screen.key().equalsIgnoreCase(letter))
                    .findFirst();
        }

        @Override
        public boolean goTo(String letter) {
            Optional<ScreenId> target = screen(letter);
            target.ifPresent(ConsoleShell.this::open);
            return target.isPresent();
        }
    }
}
