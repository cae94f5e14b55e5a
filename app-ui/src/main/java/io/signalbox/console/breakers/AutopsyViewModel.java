package io.signalbox.console.breakers;

import io.signalbox.console.control.Commands;
import io.signalbox.console.control.Outcome;
import io.signalbox.mesh.client.MeshException;
import io.signalbox.mesh.model.BreakerState;
import io.signalbox.mesh.model.status.BreakerStatus;
import io.signalbox.mesh.time.Scheduler;
import java.time.Duration;
import java.time.Instant;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.jspecify.annotations.Nullable;

/**
 * Why one circuit opened, asked again when something has happened to it. Belongs to the user-interface thread.
 *
 * <p>Between two questions it rests, since a circuit that refuses changes with every picture of the mesh.
 */
final class AutopsyViewModel {

    static final Duration REST = Duration.ofSeconds(2);

    private final Commands commands;
    private final Scheduler scheduler;
    private final String circuit;
    private final ReadOnlyObjectWrapper<Findings> findings =
            new ReadOnlyObjectWrapper<>(this, "findings", new Findings.Asked());
    private Scheduler.Cancellable resting = () -> {};
    private @Nullable Seen latest;
    private @Nullable Seen asked;
    private boolean quiet;
    private boolean closed;

    AutopsyViewModel(Commands commands, Scheduler scheduler, String circuit) {
        this.commands = commands;
        this.scheduler = scheduler;
        this.circuit = circuit;
    }

    /** All that an autopsy may have changed with. */
    private record Seen(BreakerState state, Instant since, long refused) {}

    ReadOnlyObjectProperty<Findings> findings() {
        return findings.getReadOnlyProperty();
    }

    void follow(BreakerStatus now) {
        latest = new Seen(now.state(), now.since(), now.refused());
        ask();
    }

    void close() {
        closed = true;
        resting.cancel();
    }

    private void ask() {
        if (closed || quiet || latest == null || latest.equals(asked)) {
            return;
        }
        quiet = true;
        asked = latest;
        commands.fetch(
                mesh -> mesh.breakers().autopsy(circuit),
                told -> answer(new Findings.Told(told.circuits().getFirst())),
                failed -> answer(findings(failed)));
    }

    private void answer(Findings now) {
        if (closed) {
            return;
        }
        if (!now.equals(findings.get())) {
            findings.set(now);
        }
        resting = scheduler.schedule(REST, () -> {
            quiet = false;
            ask();
        });
    }

    private static Findings findings(Outcome.Failed failed) {
        return failed.kind() == MeshException.Kind.NOT_FOUND
                ? new Findings.Never()
                : new Findings.Failed(failed.message());
    }
}
