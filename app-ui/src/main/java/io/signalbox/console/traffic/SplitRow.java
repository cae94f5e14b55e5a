package io.signalbox.console.traffic;

import io.signalbox.console.control.LatestWins;
import io.signalbox.console.control.Outcome;
import io.signalbox.mesh.model.Weight;
import io.signalbox.mesh.model.status.ServiceStatus;
import io.signalbox.mesh.model.status.SplitStatus;
import io.signalbox.mesh.model.status.TrafficStats;
import io.signalbox.mesh.model.status.VersionShare;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.jspecify.annotations.Nullable;

/**
 * One service's split on screen: what is in force, what was got, and what was asked but not yet confirmed.
 *
 * <p>Belongs to the user-interface thread.
 */
public final class SplitRow {

    private final String service;
    private final LatestWins<Map<String, Weight>> sender;
    private final ReadOnlyObjectWrapper<SplitStatus> status;
    private final ReadOnlyObjectWrapper<TrafficStats> traffic;
    private final ReadOnlyObjectWrapper<@Nullable String> refusal = new ReadOnlyObjectWrapper<>(this, "refusal", null);

    SplitRow(SplitStatus first, SenderFactory senders) {
        service = first.service();
        status = new ReadOnlyObjectWrapper<>(this, "status", first);
        traffic = new ReadOnlyObjectWrapper<>(this, "traffic", TrafficStats.NONE);
        sender = senders.create(service, this::told);
    }

    void update(SplitStatus newest, ServiceStatus service) {
        traffic.set(service.stats());
        status.set(newest);
    }

    /** Asks for a version's share; while the mesh has not answered, only the newest wish is kept. */
    public void ask(String version, Weight weight) {
        refusal.set(null);
        sender.send(Map.of(version, weight));
    }

    public String service() {
        return service;
    }

    public ReadOnlyObjectProperty<SplitStatus> status() {
        return status.getReadOnlyProperty();
    }

    /** All requests to the service, of every version. */
    public ReadOnlyObjectProperty<TrafficStats> traffic() {
        return traffic.getReadOnlyProperty();
    }

    /** Why the last wish was refused; {@code null} where it was not, and from the next wish on. */
    public ReadOnlyObjectProperty<@Nullable String> refusal() {
        return refusal.getReadOnlyProperty();
    }

    public Optional<VersionShare> version(String name) {
        return status.get().versions().stream()
                .filter(version -> version.version().equals(name))
                .findFirst();
    }

    /** The requests a second that would change versions if the version's share became this. */
    public double movedPerSecond(String version, Weight wished) {
        int now = version(version).map(share -> share.asked().percent()).orElse(0);
        return Math.abs(wished.percent() - now) / 100.0 * traffic.get().requestsPerSecond();
    }

    private void told(Outcome outcome) {
        refusal.set(
                switch (outcome) {
                    case Outcome.Done() -> null;
                    case Outcome.Failed(var kind, String message) -> message;
                });
    }

    /** Makes what sends a service's weights. */
    interface SenderFactory {
        LatestWins<Map<String, Weight>> create(String service, Consumer<Outcome> told);
    }
}
