package io.signalbox.mesh.registry;

import io.signalbox.mesh.model.ServiceInstance;
import java.util.concurrent.CompletionStage;

/** Looks at an instance once, without blocking the caller. */
@FunctionalInterface
public interface Probe {

    /** A stage that fails counts as a failed check; cancelling its future gives up. */
    CompletionStage<ProbeResult> probe(ServiceInstance instance);
}
