package io.signalbox.console;

import io.signalbox.console.feed.Link;
import io.signalbox.console.rehearsal.Rehearsal;
import io.signalbox.console.screen.Nodes;
import io.signalbox.console.shell.ScreenId;
import io.signalbox.console.testing.Fx;
import io.signalbox.console.theme.Appearance;
import io.signalbox.console.theme.MemoryPreferences;
import io.signalbox.mesh.client.remote.RemoteMesh;
import io.signalbox.mesh.config.AccessToken;
import io.signalbox.mesh.model.status.MeshSnapshot;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import javafx.application.Platform;
import javafx.scene.Node;
import javafx.stage.Stage;
import org.awaitility.Awaitility;

/** The whole console in a window, attached to a control plane. For any thread but the FX thread. */
final class AttachedConsole implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final RemoteMesh mesh;
    private final Stage stage;
    private final ConnectionDesk desk;
    private final Rehearsal rehearsal;
    private final ConsoleWindow window;

    /** @param folder for what the console keeps */
    AttachedConsole(URI plane, Path folder) {
        mesh = new RemoteMesh(plane, AccessToken.generate(new SplittableRandom(1)), new SplittableRandom(2));
        MemoryPreferences preferences = new MemoryPreferences();
        preferences.put("screen", "settings");
        preferences.put("window", "0 0 1000 760");
        stage = Fx.call(Stage::new);
        Appearance appearance = Fx.call(() -> new Appearance(preferences));
        rehearsal = Fx.call(() -> RehearsedScreens.rehearsal(appearance));
        desk = Fx.call(() -> new ConnectionDesk(
                new Shown(mesh, Optional.empty()),
                stage,
                folder.resolve("connections.json"),
                (shown, from) -> new ConsoleWindow(shown, preferences, appearance, rehearsal, from)));
        window = Fx.call(desk::open);
        rehearsal.goOn();
    }

    Thread thread() {
        return Fx.call(Thread::currentThread);
    }

    /** Opens a screen and waits until it is there. */
    void open(ScreenId screen) {
        Fx.run(() -> window.open(screen));
        Awaitility.await().atMost(PATIENCE).until(() -> Fx.call(window::shown).equals(Optional.of(screen)));
    }

    /** Waits until the window has been drawn so many more times. */
    void drawn(int times) throws InterruptedException {
        CountDownLatch pulses = new CountDownLatch(times);
        Fx.run(() -> stage.getScene().addPostLayoutPulseListener(new Runnable() {
            @Override
            public void run() {
                pulses.countDown();
                if (pulses.getCount() == 0) {
                    stage.getScene().removePostLayoutPulseListener(this);
                }
                Platform.requestNextPulse();
            }
        }));
        Fx.run(Platform::requestNextPulse);
        pulses.await();
    }

    /** Waits until so many more pictures have come to the screens. */
    void pictures(int more) {
        long before = sequence();
        Awaitility.await().atMost(PATIENCE).until(() -> sequence() >= before + more);
    }

    /** Waits until the console says that it gets nothing that it can show, and answers why. */
    String refusal() {
        Awaitility.await().atMost(PATIENCE).until(() -> lost().isPresent());
        return lost().orElseThrow();
    }

    /** How many nodes can be seen in the window. */
    int nodes() {
        return Fx.call(() -> Nodes.all(stage.getScene().getRoot(), Node.class).size());
    }

    /** Every text in the window that can be seen. */
    List<String> texts() {
        return Fx.call(() -> Nodes.words(stage.getScene().getRoot()));
    }

    @Override
    public void close() {
        Fx.run(() -> {
            desk.close();
            rehearsal.close();
            stage.close();
        });
        mesh.close();
    }

    private long sequence() {
        return Fx.call(() -> window.feed()
                .snapshotProperty()
                .get()
                .map(MeshSnapshot::sequence)
                .orElse(0L));
    }

    private Optional<String> lost() {
        return Fx.call(() -> window.feed().linkProperty().get() instanceof Link.Lost gone
                ? Optional.of(gone.why())
                : Optional.<String>empty());
    }
}
