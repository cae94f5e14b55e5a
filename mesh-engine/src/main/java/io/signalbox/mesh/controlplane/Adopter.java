package io.signalbox.mesh.controlplane;

import io.signalbox.mesh.client.Adopted;
import io.signalbox.mesh.client.Adoption;
import java.util.List;

/** Puts sidecars before applications that it did not start, and takes them away. Safe from any thread. */
public interface Adopter {

    /**
     * When this returns the sidecar serves and the instance is registered.
     *
     * @throws io.signalbox.mesh.model.InvalidValueException when nothing listens there, when a sidecar stands there
     *     already, or when the instance's name is taken
     */
    Adopted adopt(Adoption adoption);

    /**
     * Takes the instance out of the mesh and ends its sidecar; the application goes on.
     *
     * @throws io.signalbox.mesh.model.UnknownNameException when it was not adopted
     */
    Adopted release(String instance);

    /** In order of instance. */
    List<Adopted> adopted();
}
