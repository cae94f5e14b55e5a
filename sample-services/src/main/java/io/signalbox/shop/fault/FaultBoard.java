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
    private final Map<PlantedFault, String> mends = new EnumMap<>(PlantedFault.class);

    public FaultBoard(InstantSource clock) {
        this.clock = clock;
        for (PlantedFault fault : PlantedFault.values()) {
            toggles.put(fault, new Toggle());
            mends.put(fault, Lesson.of(fault).mend());
        }
    }

    /** @throws UnknownNameException if no fault has that name */
    public static PlantedFault named(String name) {
        return PlantedFault.named(name)
                .orElseThrow(() -> new UnknownNameException("fault", name, PlantedFault.names()));
    }

    /**
     * Switches a fault; switching it to what it is changes nothing.
     *
     * @param remark what that did besides, for a person; may be empty
     */
    public void switchTo(PlantedFault fault, Switch position, String remark) {
        toggle(fault).switchTo(new Setting(position, clock.instant(), remark));
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
                setting.since,
                Objects.requireNonNull(mends.get(fault)),
                setting.remark);
    }

    private Toggle toggle(PlantedFault fault) {
        return Objects.requireNonNull(toggles.get(fault));
    }

    private static final class Toggle {
        private volatile Setting setting = new Setting(Switch.OFF, null, "");

        synchronized void switchTo(Setting next) {
            if (setting.position != next.position) {
                setting = next;
            }
        }
    }

    private record Setting(Switch position, @Nullable Instant since, String remark) {}
}
