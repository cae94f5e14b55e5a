package io.signalbox.mesh.proxy.fault;

import io.signalbox.mesh.model.Cause;
import io.signalbox.mesh.model.Fault;
import io.signalbox.mesh.model.FaultDelay;
import io.signalbox.mesh.model.FaultEnd;
import io.signalbox.mesh.proxy.filter.MeshFields;
import io.signalbox.mesh.proxy.transport.AnswerPace;
import io.signalbox.mesh.proxy.transport.MessageHeaders;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What befalls one request, or one attempt: several faults put together. Delays add up, to a minute at most; of all else
 * the first fault that has it is the one that holds.
 *
 * @param names of the faults, in the written order
 * @param end how it ends without the application's whole answer; {@code null} when it does not
 * @param pace of the application's answer; {@code null} when nothing slows it and it is not cut short
 */
public record FaultPlan(
        List<String> names,
        Duration delay,
        @Nullable FaultEnd end,
        @Nullable AnswerPace pace) {

    /** Puts together the faults that befall it; at least one. */
    static FaultPlan of(List<Fault> faults, RandomGenerator random) {
        Duration delay = faults.stream()
                .flatMap(fault -> fault.delay().stream())
                .map(wanted -> FaultDraw.of(wanted, random))
                .reduce(Duration.ZERO, Duration::plus);
        FaultEnd end = faults.stream()
                .flatMap(fault -> fault.end().stream())
                .findFirst()
                .orElse(null);
        return new FaultPlan(
                faults.stream().map(Fault::name).toList(),
                delay.compareTo(FaultDelay.LONGEST) > 0 ? FaultDelay.LONGEST : delay,
                end,
                pace(faults, end));
    }

    private static @Nullable AnswerPace pace(List<Fault> faults, @Nullable FaultEnd end) {
        Optional<Fault.Drip> drip =
                faults.stream().flatMap(fault -> fault.pace().drip().stream()).findFirst();
        OptionalInt rate = faults.stream()
                .flatMapToInt(fault -> fault.pace().bytesPerSecond().stream())
                .findFirst();
        OptionalInt reset = end instanceof FaultEnd.Reset(OptionalInt after) ? after : OptionalInt.empty();
        return drip.isEmpty() && rate.isEmpty() && reset.isEmpty()
                ? null
                : new AnswerPace(
                        rate,
                        drip.map(Fault.Drip::chunk).orElse(0),
                        drip.map(Fault.Drip::every).orElse(Duration.ZERO),
                        reset);
    }

    /** What the mesh answers in the application's place; {@code null} when the application answers. */
    FaultEnd.@Nullable Abort abort() {
        return end instanceof FaultEnd.Abort abort ? abort : null;
    }

    /** Whether the connection is reset, and the application not asked. */
    public boolean resetsAtOnce() {
        return end instanceof FaultEnd.Reset(OptionalInt after) && after.isEmpty();
    }

    /** Why the mesh answers; {@code null} when the application does. */
    public @Nullable Cause cause() {
        return end instanceof FaultEnd.Abort ? Cause.FAULT_INJECTED : null;
    }

    /** Tells whoever gets the answer that it was tampered with. */
    public void mark(MessageHeaders answer) {
        answer.set(MeshFields.FAULT, names.stream().collect(Collectors.joining(", ")));
        if (cause() != null) {
            answer.set(MeshFields.CAUSE, Cause.FAULT_INJECTED.wireName());
        }
    }
}
