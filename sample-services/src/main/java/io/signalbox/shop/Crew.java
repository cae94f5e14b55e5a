package io.signalbox.shop;

import io.signalbox.mesh.model.Switch;
import io.signalbox.mesh.model.status.InstanceStatus.RunState;
import io.signalbox.shop.fault.PlantedFault;
import io.signalbox.shop.service.Staffing.Post;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** The shop's instances at work. Safe from any thread. */
public interface Crew extends AutoCloseable {

    /** Opens the bank, outside the mesh; it counts as there since that instant. */
    void openBank(Instant now);

    /** Gives each instance a port and a sidecar, several at a time, and lets it answer. */
    void open(List<Post> posts);

    /** How long its first answers may take to become quick; zero where that need not be waited for. */
    Duration settling();

    /** Takes note of a fault that was switched. */
    void faultSwitched(PlantedFault fault, Switch position);

    /**
     * Stops or starts an instance.
     *
     * @throws io.signalbox.mesh.model.UnknownNameException when no instance has that name
     */
    void switchTo(String instance, Switch position);

    RunState runState(String instance);

    /** Ends what the instances keep open, lets the sidecars leave the mesh, and closes the ports. */
    @Override
    void close();
}
