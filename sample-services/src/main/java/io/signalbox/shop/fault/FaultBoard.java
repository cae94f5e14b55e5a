package io.signalbox.shop.fault;

import io.signalbox.mesh.model.Switch;
import io.signalbox.mesh.model.UnknownNameException;
import io.signalbox.mesh.model.status.FaultStatus;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The switches of all planted faults, each off until switched on. Safe from any thread. */
public final class FaultBoard {

    private final InstantSource clock;
    private final Map<PlantedFault, Toggle> toggles = new EnumMap<>(PlantedFault.class);

    public FaultBoard(InstantSource clock) {
        this.clock = clock;
        for (PlantedFault fault : PlantedFault.values()) {
            toggles.put(fault, new Toggle());
        }
    }

    /**
     * Switches a fault; switching it to what it is changes nothing.
     *
     * @throws UnknownNameException if no fault has that name
     */
    public void switchTo(String name, Switch position) {
        PlantedFault fault = PlantedFault.named(name)
                .orElseThrow(() -> new UnknownNameException("fault", name, PlantedFault.names()));
        toggle(fault).switchTo(position, clock.instant());
    }

    /** Whether it takes effect now. */
    public boolean isOn(PlantedFault fault) {
        return toggle(fault).setting.position == Switch.ON;
    }

    public List<FaultStatus> statuses() {
        return Arrays.stream(PlantedFault.values()).map(this::status).toList();
    }

    private FaultStatus status(PlantedFault fault) {
        Setting setting = toggle(fault).setting;
        return new FaultStatus(
                fault.wireName(),
                fault.number(),
                fault.service(),
                fault.summary(),
                fault.lesson(),
                setting.position,
                setting.since);
    }

    private Toggle toggle(PlantedFault fault) {
        return Objects.requireNonNull(toggles.get(fault));
    }

    private static final class Toggle {
        private volatile Setting setting = new Setting(Switch.OFF, null);

        synchronized void switchTo(Switch position, Instant now) {
            if (setting.position != position) {
                setting = new Setting(position, now);
            }
        }
    }

    private record Setting(Switch position, @Nullable Instant since) {}
}
