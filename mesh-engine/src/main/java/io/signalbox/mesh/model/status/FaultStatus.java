package io.signalbox.mesh.model.status;

import io.signalbox.mesh.model.Switch;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A planted fault of the scenario.
 *
 * @param name such as {@code payment-burst}
 * @param number in the scenario's list
 * @param service where it strikes
 * @param summary what it does, one sentence
 * @param lesson what it teaches, one sentence
 * @param since when it was switched to what it is; {@code null} if never
 * @param mend the policies that end its harm while it is on, as YAML documents; empty if no policy does
 * @param remark what the latest switch did to policies, in words for a person; empty if nothing
 */
public record FaultStatus(
        String name,
        int number,
        String service,
        String summary,
        String lesson,
        Switch position,
        @Nullable Instant since,
        String mend,
        String remark) {}
