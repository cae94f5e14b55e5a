package io.signalbox.shop.process;

import io.signalbox.shop.web.Json;
import java.util.List;

/**
 * What a process of the demo is started for; the first line that it reads, as JSON.
 *
 * @param name of the instance, or of the mesh
 * @param port on which it is reached from outside the mesh, of the control plane or of the shoppers' sidecar; 0 takes any
 *     free one
 * @param folder where it keeps what it must not forget
 * @param controlPlanes addresses; none for the control plane itself
 * @param token opens the control plane to it; empty for the control plane itself
 * @param backRoom where it reaches the process that started it
 * @param backRoomToken opens that
 */
record Task(
        Part part,
        String name,
        long seed,
        int port,
        String folder,
        List<String> controlPlanes,
        String token,
        String backRoom,
        String backRoomToken) {

    Task {
        controlPlanes = List.copyOf(controlPlanes);
    }

    /** Text as YAML and JSON write it. */
    static String quoted(String text) {
        return Json.write(text);
    }

    /** Hides the secrets. */
    @Override
    public String toString() {
        return "Task[" + part + " " + name + "]";
    }

    /** What runs in a process. */
    enum Part {
        CONTROL_PLANE,
        /** A sidecar alone, that of the shoppers. */
        SHOPPERS,
        /** An instance of the shop with its sidecar, or the bank. */
        INSTANCE
    }
}
