package io.signalbox.mesh.controlplane;

import io.signalbox.mesh.autopsy.CircuitAutopsy;
import io.signalbox.mesh.autopsy.KeptRequests;
import io.signalbox.mesh.autopsy.RecordedCall;
import io.signalbox.mesh.autopsy.RefusedSource;
import io.signalbox.mesh.model.BreakerScope;
import io.signalbox.mesh.model.BreakerState;
import io.signalbox.mesh.resilience.CallOutcome;
import io.signalbox.mesh.resilience.Opening;
import io.signalbox.mesh.resilience.Refused;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Why a circuit last opened by itself: as its sidecar in this process holds it, or as one in another told it. */
public sealed interface LastOpening {

    Instant at();

    BreakerScope scope();

    /** Who was refused since by this circuit. */
    RefusedSource refused(String sourceInstance, BreakerState state);

    /** Of the calls that it tells of. */
    Set<String> requestIds();

    CircuitAutopsy autopsy(CircuitAutopsy.Circuit circuit, KeptRequests kept, List<RefusedSource> refused);

    record Held(Opening opening) implements LastOpening {

        @Override
        public Instant at() {
            return opening.at();
        }

        @Override
        public BreakerScope scope() {
            return opening.config().scope();
        }

        @Override
        @SuppressWarnings("NullAway") // who refused nobody has no times
        public RefusedSource refused(String sourceInstance, BreakerState state) {
            Refused refused = opening.refused();
            return new RefusedSource(
                    sourceInstance,
                    state,
                    refused.calls(),
                    refused.first().orElse(null),
                    refused.last().orElse(null));
        }

        @Override
        public CircuitAutopsy autopsy(CircuitAutopsy.Circuit circuit, KeptRequests kept, List<RefusedSource> refused) {
            return CircuitAutopsy.of(circuit, opening, kept, refused);
        }

        @Override
        public Set<String> requestIds() {
            return Stream.of(
                            opening.calls().stream(),
                            opening.late().stream(),
                            opening.lastTrial().stream().map(Opening.FailedTrial::call))
                    .flatMap(calls -> calls)
                    .map(CallOutcome::requestId)
                    .filter(Objects::nonNull)
                    .collect(Collectors.toSet());
        }
    }

    record Told(CircuitAutopsy told) implements LastOpening {

        @Override
        public Instant at() {
            return told.opened();
        }

        @Override
        public BreakerScope scope() {
            return told.config().scope();
        }

        @Override
        @SuppressWarnings("NullAway") // who refused nobody has no times
        public RefusedSource refused(String sourceInstance, BreakerState state) {
            return told.refused().stream()
                    .findFirst()
                    .map(own -> new RefusedSource(sourceInstance, state, own.calls(), own.first(), own.last()))
                    .orElseGet(() -> new RefusedSource(sourceInstance, state, 0, null, null));
        }

        @Override
        public CircuitAutopsy autopsy(CircuitAutopsy.Circuit circuit, KeptRequests kept, List<RefusedSource> refused) {
            return told.with(circuit, kept, refused);
        }

        @Override
        public Set<String> requestIds() {
            return Stream.of(told.calls().stream(), told.late().stream(), Stream.ofNullable(told.lastTrial()))
                    .flatMap(calls -> calls)
                    .map(RecordedCall::requestId)
                    .filter(Objects::nonNull)
                    .collect(Collectors.toSet());
        }
    }
}
