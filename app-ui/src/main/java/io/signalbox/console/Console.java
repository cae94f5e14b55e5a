package io.signalbox.console;

import io.signalbox.console.profiles.ProfileFile;
import io.signalbox.console.rehearsal.Rehearsal;
import io.signalbox.console.theme.Appearance;
import io.signalbox.console.theme.FilePreferences;
import io.signalbox.console.theme.Preferences;
import io.signalbox.mesh.cli.Surroundings;
import io.signalbox.mesh.model.status.MeshSnapshot;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import javafx.application.Platform;
import javafx.stage.Stage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs the window toolkit from the opening of the console's window to its closing. */
final class Console {

    private static final Logger log = LoggerFactory.getLogger(Console.class);

    private final Map<String, String> environment;
    private final StartTimes times;
    private final CompletableFuture<Look> look = new CompletableFuture<>();
    private final CountDownLatch closed = new CountDownLatch(1);

    Console(Map<String, String> environment, StartTimes times) {
        this.environment = environment;
        this.times = times;
    }

    /**
     * Shows the session, once it is there, until the window is closed; blocks.
     *
     * @param starting becomes a session while the toolkit starts
     * @throws UnsupportedOperationException when the toolkit cannot start here
     */
    void show(CompletableFuture<? extends MeshSession> starting) throws InterruptedException {
        try {
            Platform.startup(this::prepare);
        } catch (UnsatisfiedLinkError | RuntimeException e) {
            throw new UnsupportedOperationException(Display.libraries(e), e);
        }
        MeshSession session = starting.join();
        Platform.runLater(() -> open(session, look.join()));
        closed.await();
    }

    /** Reads sheets and type faces while the mesh starts. */
    private void prepare() {
        times.reached("toolkit");
        try {
            Preferences preferences =
                    new FilePreferences(FilePreferences.defaultFile(environment, Surroundings.home(environment)));
            Appearance appearance = new Appearance(preferences);
            appearance.prepare();
            look.complete(new Look(preferences, appearance));
        } catch (RuntimeException e) {
            look.completeExceptionally(e);
        }
    }

    private void open(MeshSession session, Look look) {
        Stage stage = new Stage();
        Rehearsal rehearsal = RehearsedScreens.rehearsal(look.appearance());
        ConnectionDesk desk = new ConnectionDesk(
                Shown.home(session),
                stage,
                ProfileFile.defaultFile(environment, Surroundings.home(environment)),
                (shown, from) -> new ConsoleWindow(
                        shown, look.preferences(), look.appearance(), rehearsal.onceShown(stage::isShowing), from));
        stage.setOnHidden(event -> {
            desk.close();
            rehearsal.close();
            closed.countDown();
        });
        ConsoleWindow window = desk.open();
        stage.getScene().addPostLayoutPulseListener(new Runnable() {
            @Override
            public void run() {
                stage.getScene().removePostLayoutPulseListener(this);
                times.reached("first-frame");
            }
        });
        window.feed().observe(this::watch);
        Thread.ofPlatform().daemon().name("mesh-start").start(() -> {
            begin(session, desk);
            rehearsal.goOn();
        });
    }

    private void watch(MeshSnapshot snapshot) {
        if (snapshot.totals().totalRequests() > 0) {
            times.reached("live-mesh");
        }
    }

    private static void begin(MeshSession session, ConnectionDesk desk) {
        try {
            session.begin();
        } catch (RuntimeException e) {
            log.error("The demo mesh did not start", e);
            Platform.runLater(() -> desk.meshFailed(String.valueOf(e.getMessage())));
        }
    }

    private record Look(Preferences preferences, Appearance appearance) {}
}
