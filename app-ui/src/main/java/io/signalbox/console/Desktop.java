package io.signalbox.console;

import io.signalbox.mesh.cli.ExitStatus;
import io.signalbox.mesh.client.MeshException;
import io.signalbox.mesh.time.Ticker;
import io.signalbox.shop.CornerShopOptions;
import io.signalbox.shop.demo.Layout;
import io.signalbox.shop.demo.MeshFactory;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Opens consoles on this machine's display. */
final class Desktop {

    private final Map<String, String> environment;
    private final MeshFactory meshes;
    private final StartTimes times;

    Desktop(Map<String, String> environment, MeshFactory meshes) {
        this.environment = environment;
        this.meshes = meshes;
        times = new StartTimes(environment, Ticker.system(), System.err);
    }

    /** Why no window can be opened here; empty when one can, as far as can be known before trying. */
    Optional<String> missing() {
        return Display.missing(
                environment, System.getProperty("os.name", ""), System.getProperty("glass.platform", ""));
    }

    /** Refuses to go on where no window can be opened. */
    void requireDisplay() {
        missing().ifPresent(why -> {
            throw new MeshException(MeshException.Kind.UNAVAILABLE, why);
        });
    }

    /** Shows Corner Shop in a mesh of its own until the window is closed; the mesh starts beside the toolkit. */
    int show(CornerShopOptions options, Layout layout, OptionalInt controlPort) {
        requireDisplay();
        return show(CompletableFuture.supplyAsync(
                () -> new MeshSession.Embedded(meshes.start(layout, controlPort), options)));
    }

    /** Shows a session until the window is closed, then closes it; so does a signal. */
    int show(MeshSession session) {
        return show(CompletableFuture.completedFuture(session));
    }

    private int show(CompletableFuture<MeshSession> starting) {
        Thread onSignal = Thread.ofPlatform().name("console-stop").unstarted(() -> closeIfThere(starting));
        Runtime.getRuntime().addShutdownHook(onSignal);
        try {
            new Console(environment, times).show(starting);
            return ExitStatus.DONE;
        } catch (UnsupportedOperationException e) {
            throw new MeshException(MeshException.Kind.UNAVAILABLE, String.valueOf(e.getMessage()));
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException refused ? refused : e;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return ExitStatus.FAILED;
        } finally {
            closeIfThere(starting);
        }
    }

    private static void closeIfThere(CompletableFuture<MeshSession> starting) {
        if (starting.isDone() && !starting.isCompletedExceptionally()) {
            starting.join().close();
        }
    }
}
