package io.signalbox.console.testing;

import io.signalbox.console.theme.Appearance;
import io.signalbox.console.theme.MemoryPreferences;
import io.signalbox.console.theme.Theme;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javafx.application.Platform;
import javafx.embed.swing.SwingFXUtils;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javax.imageio.ImageIO;
import org.testfx.api.FxToolkit;

/** The toolkit for a test: runs on its thread, dresses scenes and takes pictures of them. */
public final class Fx {

    private Fx() {}

    /** Runs a task on the FX thread and waits for it. */
    public static <T> T call(Callable<T> task) {
        start();
        CompletableFuture<T> done = new CompletableFuture<>();
        Platform.runLater(() -> {
            try {
                done.complete(task.call());
            } catch (Throwable failure) {
                done.completeExceptionally(failure);
            }
        });
        try {
            return done.get(30, TimeUnit.SECONDS);
        } catch (Exception failure) {
            throw new AssertionError("on the FX thread: " + failure, failure);
        }
    }

    public static void run(Runnable task) {
        call(() -> {
            task.run();
            return true;
        });
    }

    /** A dressed scene of that size that is not in any window. Call on the FX thread. */
    public static Scene scene(Parent root, double width, double height, Theme theme) {
        Scene scene = new Scene(root, width, height);
        Appearance appearance = new Appearance(new MemoryPreferences());
        appearance.themeProperty().set(theme);
        appearance.attach(scene);
        return scene;
    }

    /** Writes a picture of the scene into the module's target folder. Call on the FX thread. */
    public static Path picture(Scene scene, String name) {
        scene.getRoot().applyCss();
        scene.getRoot().layout();
        BufferedImage image = SwingFXUtils.fromFXImage(scene.snapshot(null), null);
        try {
            Path file = Path.of("target", name + ".png");
            Files.createDirectories(file.getParent());
            ImageIO.write(image, "png", file.toFile());
            return file;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static void start() {
        try {
            FxToolkit.registerPrimaryStage();
        } catch (TimeoutException failure) {
            throw new AssertionError("the toolkit did not start", failure);
        }
    }
}
