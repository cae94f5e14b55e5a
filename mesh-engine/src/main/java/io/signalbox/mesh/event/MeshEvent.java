package io.signalbox.mesh.event;

import io.signalbox.mesh.model.AccessDecision;
import io.signalbox.mesh.model.BreakerState;
import io.signalbox.mesh.model.ChangeNote;
import io.signalbox.mesh.model.CircuitReason;
import io.signalbox.mesh.model.EdgeId;
import io.signalbox.mesh.model.EjectionEnd;
import io.signalbox.mesh.model.Health;
import io.signalbox.mesh.model.Switch;
import io.signalbox.mesh.model.Weight;
import io.signalbox.mesh.model.status.EjectionStatus;
import io.signalbox.mesh.model.status.RolloutCause;
import io.signalbox.mesh.model.status.RolloutPhase;
import io.signalbox.mesh.model.status.VerdictReason;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Something that changed in the mesh. */
public sealed interface MeshEvent {

    /** What it concerns: a service, an instance, a circuit or a fault, by name. */
    String subject();

    record ControlPlaneStarted(String mesh) implements MeshEvent {
        @Override
        public String subject() {
            return mesh;
        }
    }

    record InstanceRegistered(String service, String instance, String version, String address) implements MeshEvent {
        @Override
        public String subject() {
            return instance;
        }
    }

    record InstanceLeft(String service, String instance, Departure how) implements MeshEvent {
        @Override
        public String subject() {
            return instance;
        }
    }

    /** Why an instance left the registry. */
    enum Departure {
        DEREGISTERED,
        EXPIRED
    }

    record HealthChanged(String service, String instance, Health from, Health to, String detail) implements MeshEvent {
        @Override
        public String subject() {
            return instance;
        }
    }

    record DrainChanged(String service, String instance, Drain drain, ChangeNote note) implements MeshEvent {
        @Override
        public String subject() {
            return instance;
        }
    }

    /** Whether an instance was taken out of, or put back into, balancing by hand. */
    enum Drain {
        DRAINING,
        SERVING
    }

    record PolicyChanged(String service, long revision, ChangeNote note) implements MeshEvent {
        @Override
        public String subject() {
            return service;
        }
    }

    record WeightChanged(String service, String version, Weight from, Weight to, long revision, ChangeNote note)
            implements MeshEvent {
        @Override
        public String subject() {
            return service;
        }
    }

    /**
     * A rollout stands elsewhere, or the verdict began or ceased to hold it for its environment.
     *
     * @param rollout its number
     * @param why in one sentence
     * @param cause the same as one of a closed list; {@code null} where only the sentence was told
     * @param verdict what the evidence says, where that is the cause
     */
    record RolloutMoved(
            String service,
            long rollout,
            String candidate,
            RolloutPhase phase,
            Weight weight,
            String why,
            @Nullable RolloutCause cause,
            @Nullable VerdictReason verdict,
            String by)
            implements MeshEvent {
        @Override
        public String subject() {
            return service;
        }
    }

    /**
     * A circuit of a caller's sidecar moved.
     *
     * @param why in words, such as {@code 5 failures in a row}
     * @param reason the same with its figures, for words of other languages; {@code null} where a sidecar tells none
     */
    record BreakerMoved(
            EdgeId edge,
            String sourceInstance,
            String endpoint,
            BreakerState from,
            BreakerState to,
            String why,
            @Nullable CircuitReason reason)
            implements MeshEvent {
        @Override
        public String subject() {
            return sourceInstance + "->" + endpoint;
        }
    }

    /** A caller's sidecar leaves an endpoint out for a while, whatever its circuit says. */
    record EndpointEjected(EdgeId edge, String sourceInstance, String endpoint, EjectionStatus ejection)
            implements MeshEvent {
        @Override
        public String subject() {
            return sourceInstance + "->" + endpoint;
        }
    }

    /**
     * A caller's sidecar that had left an endpoint out calls it again.
     *
     * @param why in words, such as {@code its time is over}
     * @param end the same as one of a closed list; {@code null} where a sidecar tells none
     */
    record EndpointReturned(
            EdgeId edge,
            String sourceInstance,
            String endpoint,
            String why,
            @Nullable EjectionEnd end) implements MeshEvent {
        @Override
        public String subject() {
            return sourceInstance + "->" + endpoint;
        }
    }

    record FaultSwitched(String fault, Switch position, ChangeNote note) implements MeshEvent {
        @Override
        public String subject() {
            return fault;
        }
    }

    record LoadChanged(double fromPerSecond, double toPerSecond, ChangeNote note) implements MeshEvent {
        @Override
        public String subject() {
            return "load";
        }
    }

    record InstancePowerChanged(String service, String instance, Switch position, ChangeNote note)
            implements MeshEvent {
        @Override
        public String subject() {
            return instance;
        }
    }

    /** An application was given a sidecar as it ran, or that was taken away. */
    record AdoptionChanged(String service, String instance, int port, Switch position, ChangeNote note)
            implements MeshEvent {
        @Override
        public String subject() {
            return instance;
        }
    }

    /**
     * A policy did not let a caller do what it asked, or would not have but for a dry run; alike ones are told together.
     *
     * @param source the service that calls, as it proved to be, or {@code unknown}
     * @param rule the one that denies, by name; empty for the policy's default
     * @param count since the last time that was told
     */
    record CallsDenied(String service, String source, AccessDecision decision, String rule, long count)
            implements MeshEvent {
        @Override
        public String subject() {
            return source + "->" + service;
        }
    }

    record CertificateIssued(String service, String instance, String spiffeId, Instant notAfter) implements MeshEvent {
        @Override
        public String subject() {
            return instance;
        }
    }
}
