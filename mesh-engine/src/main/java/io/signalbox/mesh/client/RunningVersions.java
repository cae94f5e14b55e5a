package io.signalbox.mesh.client;

import io.signalbox.mesh.model.InvalidValueException;
import java.util.Map;

/** Which versions of a service have an instance. */
public final class RunningVersions {

    private RunningVersions() {}

    /**
     * Refuses a version that no instance has.
     *
     * @param running how many instances of each version are registered
     */
    public static void require(String field, String version, Map<String, Integer> running) {
        InvalidValueException.unless(
                running.containsKey(version),
                field,
                version,
                "a version with a registered instance: "
                        + (running.isEmpty() ? "none has one" : String.join(", ", running.keySet())));
    }
}
