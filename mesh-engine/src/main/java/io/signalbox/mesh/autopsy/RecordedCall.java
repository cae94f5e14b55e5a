package io.signalbox.mesh.autopsy;

import io.signalbox.mesh.model.Cause;
import io.signalbox.mesh.resilience.CallOutcome;
import io.signalbox.mesh.resilience.CallOutcome.Speed;
import io.signalbox.mesh.resilience.CallOutcome.Verdict;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One call that a circuit learnt from.
 *
 * @param at when it ended
 * @param durationNanos until its answer's head, or its end when there was none; {@code null} when nobody measured
 * @param status {@code null} when no answer came
 * @param cause why the mesh counts it as failed; {@code null} when the answer alone says so
 * @param requestId {@code null} when it had none, as a stream of bytes
 * @param explained whether {@code explain} still knows its request
 */
public record RecordedCall(
        Instant at,
        @Nullable Long durationNanos,
        Verdict verdict,
        Speed speed,
        @Nullable Integer status,
        @Nullable Cause cause,
        @Nullable String requestId,
        boolean explained) {

    RecordedCall with(KeptRequests kept) {
        return new RecordedCall(
                at, durationNanos, verdict, speed, status, cause, requestId, requestId != null && kept.has(requestId));
    }

    /** @param opened when the circuit did, which the call's age is measured from */
    static RecordedCall of(CallOutcome call, Instant opened, KeptRequests kept) {
        String id = call.requestId();
        return new RecordedCall(
                opened.minusNanos(call.agoNanos()),
                call.durationNanos() == CallOutcome.UNKNOWN ? null : (Long) call.durationNanos(),
                call.verdict(),
                call.speed(),
                call.status() == 0 ? null : (Integer) call.status(),
                call.cause(),
                id,
                id != null && kept.has(id));
    }
}
