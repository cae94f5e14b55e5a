package io.signalbox.console.rollouts;

import io.signalbox.console.control.Commands;
import io.signalbox.console.feed.MeshFeed;
import io.signalbox.console.format.Formats;
import io.signalbox.console.screen.Workbench;
import io.signalbox.console.shell.ScreenId;
import io.signalbox.console.shell.ShellContext;
import io.signalbox.console.text.Texts;
import io.signalbox.console.widget.ConnectionChip;
import io.signalbox.console.widget.FxScheduler;
import io.signalbox.console.widget.OverlayHost;
import io.signalbox.console.widget.Overlays;
import io.signalbox.mesh.client.MeshConnection;
import io.signalbox.mesh.client.RunningMeshes;
import io.signalbox.mesh.runtime.LocalMesh;
import io.signalbox.mesh.runtime.Mesh;
import io.signalbox.mesh.runtime.MeshOptions;
import io.signalbox.mesh.time.Ticker;
import io.signalbox.shop.CornerShop;
import io.signalbox.shop.CornerShopOptions;
import io.signalbox.shop.load.LoadProfile;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javafx.application.Platform;
import javafx.scene.layout.StackPane;

/** Corner Shop in a real mesh with load, and the workbench on which a console's screens stand, as the window builds it. */
final class LiveMesh implements ShellContext, AutoCloseable {

    final MeshConnection connection;
    final MeshFeed feed;
    final OverlayHost root;
    final StackPane frame = new StackPane();
    final Workbench bench;
    final List<String> opened = new CopyOnWriteArrayList<>();

    private final Mesh mesh;
    private final CornerShop shop;
    private final ExecutorService commands = Executors.newSingleThreadExecutor();

    LiveMesh(Path folder, double requestsPerSecond) {
        mesh = LocalMesh.start(new MeshOptions("rollouts", 0), new RunningMeshes(folder));
        connection = mesh.connection();
        shop = CornerShop.open(
                mesh,
                new CornerShopOptions(11, requestsPerSecond, LoadProfile.CALM),
                Ticker.system(),
                InstantSource.system());
        Texts texts = Texts.of(Locale.ENGLISH);
        feed = new MeshFeed(connection, Platform::runLater, Ticker.system(), InstantSource.system());
        FxScheduler scheduler = new FxScheduler();
        root = new OverlayHost(frame, texts, scheduler);
        bench = new Workbench(
                feed,
                new Commands(connection, commands, Platform::runLater),
                Formats.of(Locale.ENGLISH, ZoneOffset.UTC),
                texts,
                this,
                scheduler,
                Ticker.system(),
                InstantSource.system(),
                "mira");
    }

    @Override
    public Overlays overlays() {
        return root;
    }

    @Override
    public ConnectionChip.Environment environment() {
        return ConnectionChip.Environment.DEV;
    }

    @Override
    public void open(ScreenId screen) {
        opened.add(screen.name());
    }

    @Override
    public void open(ScreenId screen, String target) {
        opened.add(screen.name() + " " + target);
    }

    @Override
    public void close() {
        feed.close();
        commands.shutdownNow();
        List<AutoCloseable> parts = new ArrayList<>(List.of(shop, connection));
        for (AutoCloseable part : parts) {
            try {
                part.close();
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        }
        mesh.close();
    }
}
