package io.signalbox.shop.process;

import io.signalbox.mesh.client.RunningMeshes;
import io.signalbox.mesh.config.AccessToken;
import io.signalbox.mesh.runtime.ControlPlaneOptions;
import io.signalbox.mesh.runtime.StandaloneControlPlane;
import io.signalbox.shop.web.DirectClient;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;

/** A control plane that keeps everything in a folder, as {@code signalbox control-plane} runs it; it lets the demo be driven. */
final class ControlPlaneRole implements Role {

    static final String ATTACH = "attach";
    static final String URL = "control-plane";
    static final String TOKEN_FILE = "token-file";

    private final Deque<AutoCloseable> toClose = new ArrayDeque<>();
    private final Task task;
    private final StandaloneControlPlane controlPlane;

    ControlPlaneRole(Task task, RunningMeshes meshes) {
        this.task = task;
        ControlPlaneOptions options =
                new ControlPlaneOptions(task.name(), task.port(), Path.of(task.folder()), ControlPlaneOptions.LEASE);
        controlPlane = StandaloneControlPlane.start(options, meshes);
        toClose.addLast(controlPlane);
    }

    @Override
    public Map<String, String> places() {
        return Map.of(
                URL,
                controlPlane.uri().toString(),
                TOKEN_FILE,
                controlPlane.tokenFile().toString());
    }

    @Override
    public void obey(List<String> order) {
        if (!order.equals(List.of(ATTACH))) {
            throw new IllegalArgumentException(order.getFirst() + " (expected: attach)");
        }
        DirectClient door = new DirectClient(URI.create(task.backRoom()), AccessToken.of(task.backRoomToken()));
        toClose.addLast(door);
        DistantScenario scenario = DistantScenario.behind(door);
        toClose.addLast(scenario);
        controlPlane.attach(scenario);
    }

    @Override
    public void close() {
        Closing.all(toClose);
    }
}
