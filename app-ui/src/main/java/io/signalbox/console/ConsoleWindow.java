package io.signalbox.console;

import io.signalbox.console.confirm.ConfirmBar;
import io.signalbox.console.confirm.LockBar;
import io.signalbox.console.confirm.PendingViewModel;
import io.signalbox.console.control.Commands;
import io.signalbox.console.control.ReadOnlyMesh;
import io.signalbox.console.control.WriteLock;
import io.signalbox.console.excerpt.ExcerptBar;
import io.signalbox.console.excerpt.Excerpts;
import io.signalbox.console.feed.MeshFeed;
import io.signalbox.console.format.Formats;
import io.signalbox.console.shell.ConsoleShell;
import io.signalbox.console.shell.Opening;
import io.signalbox.console.shell.ScreenId;
import io.signalbox.console.shell.ShellParts;
import io.signalbox.console.text.Texts;
import io.signalbox.console.theme.Appearance;
import io.signalbox.console.theme.Preferences;
import io.signalbox.console.widget.FxScheduler;
import io.signalbox.console.widget.Toast;
import io.signalbox.mesh.client.MeshConnection;
import io.signalbox.mesh.model.ChangeNote;
import io.signalbox.mesh.time.Scheduler;
import io.signalbox.mesh.time.Ticker;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javafx.application.Platform;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.stage.Stage;

/** The console's window over one connection: builds its parts and closes them. Used on the FX thread. */
final class ConsoleWindow {

    private final ExecutorService commandThread = daemon("console-commands");
    private final ExecutorService questionThread = daemon("console-questions");
    private final ExecutorService layoutThread = daemon("console-background");
    private final ExecutorService connectionThread = daemon("console-connections");
    private final ExecutorService answerThread = daemon("console-answers");
    private final ExecutorService excerptThread = daemon("console-excerpt");
    private final MeshFeed feed;
    private final ConsoleShell shell;
    private final PendingViewModel pending;
    private final Optional<WriteLock> lock;
    private final Texts texts;
    private final ExcerptBar excerptBar;

    ConsoleWindow(Shown shown, Preferences preferences, Appearance appearance, Opening opening, ConnectionDesk desk) {
        texts = Texts.of(Locale.getDefault());
        Excerpts excerpts = new Excerpts(texts);
        MeshConnection connection = excerpts.of(shown.connection());
        Ticker ticker = Ticker.system();
        InstantSource clock = InstantSource.system();
        Formats formats = Formats.of(Locale.getDefault(), ZoneId.systemDefault());
        Scheduler scheduler = new FxScheduler();
        String operator = System.getProperty("user.name", "console");
        feed = new MeshFeed(connection, Platform::runLater, ticker, clock);
        Commands plain = new Commands(connection, answerThread, Platform::runLater);
        lock = shown.lock(scheduler, ticker);
        MeshConnection forChanges = excerpts.of(shown.forChanges());
        Commands commands = new Commands(
                lock.map(closed -> ReadOnlyMesh.over(forChanges, closed::refuses))
                        .orElse(forChanges),
                commandThread,
                questionThread,
                Platform::runLater,
                lock.map(WriteLock::locked).orElseGet(() -> new ReadOnlyBooleanWrapper(false).getReadOnlyProperty()));
        pending = new PendingViewModel(feed, plain, scheduler, ticker, operator);
        ScreenParts screens = new ScreenParts(
                feed,
                connection,
                commands,
                desk.parts(connectionThread, Platform::runLater),
                appearance,
                preferences,
                texts,
                formats,
                layoutThread,
                Platform::runLater,
                scheduler,
                ticker,
                clock,
                operator);
        excerptBar = new ExcerptBar(excerpts, excerptThread, scheduler, texts, formats);
        feed.observe(picture -> excerptBar.show(excerpts.extent()));
        ConfirmBar confirm = new ConfirmBar(pending, texts, formats);
        shell = new ConsoleShell(new ShellParts(
                feed,
                appearance,
                preferences,
                texts,
                formats,
                scheduler,
                ticker,
                shown.environment(),
                shown.words(),
                screens.screens(),
                opening,
                List.of()));
        lock.ifPresent(closed -> shell.addBar(new LockBar(
                closed,
                reason -> closed.unlock(new ChangeNote(operator, reason), plain),
                shell.overlays(),
                texts,
                formats,
                shown.words())));
        shell.addBar(confirm);
        shell.addBar(excerptBar);
    }

    void open(Stage stage) {
        shell.open(stage);
        layoutThread.execute(feed::start);
    }

    /** Takes the place of another window on its stage. */
    void takeOver(Stage stage) {
        shell.takeOver(stage);
        layoutThread.execute(feed::start);
    }

    void open(ScreenId screen) {
        shell.open(screen);
    }

    /** The screen that is shown; empty while one is on its way. */
    Optional<ScreenId> shown() {
        return shell.shown();
    }

    MeshFeed feed() {
        return feed;
    }

    /** Says that the mesh could not be brought up. */
    void meshFailed(String why) {
        shell.overlays().toast(Toast.failure(texts.get("start.failed"), why));
    }

    /** Taps that the screens leave are still closed, on the thread for questions. */
    void close() {
        shell.close();
        pending.close();
        excerptBar.close();
        lock.ifPresent(WriteLock::close);
        feed.close();
        commandThread.shutdownNow();
        questionThread.shutdown();
        layoutThread.shutdownNow();
        connectionThread.shutdownNow();
        answerThread.shutdownNow();
        excerptThread.shutdownNow();
    }

    private static ExecutorService daemon(String name) {
        return Executors.newSingleThreadExecutor(
                Thread.ofPlatform().daemon().name(name).factory());
    }
}
