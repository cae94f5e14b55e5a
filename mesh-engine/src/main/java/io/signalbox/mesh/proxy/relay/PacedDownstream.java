package io.signalbox.mesh.proxy.relay;

import io.signalbox.mesh.proxy.message.Fields;
import io.signalbox.mesh.proxy.transport.AnswerPace;
import io.signalbox.mesh.proxy.transport.UpstreamFailure;
import io.signalbox.mesh.time.Scheduler.Cancellable;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A caller that seems to take an answer's body no faster than it is told to. The endpoint is held back by that as by any
 * slow caller, so nothing piles up here; a timer of the loop goes on with it. Belongs to its loop's thread.
 */
final class PacedDownstream extends ForwardingDownstream {

    private final UpstreamCall call;
    private final Throttle throttle;
    private @Nullable Cancellable waiting;
    private boolean cut;

    PacedDownstream(Downstream caller, UpstreamCall call, AnswerPace pace) {
        super(caller);
        this.call = call;
        throttle = new Throttle(pace, caller.loop().nanos());
    }

    @Override
    public void head(int status, String reason, Fields fields, BodyLength length, @Nullable String said) {
        caller.head(status, reason, fields, length, said);
        caller.flush();
        cutIfDue();
    }

    @Override
    public int room() {
        // One reading of the clock: were a pause over between two, no timer would be set, and nothing would go on.
        long now = caller.loop().nanos();
        int allowed = throttle.room(now);
        if (allowed > 0) {
            return Math.min(allowed, caller.room());
        }
        long wait = throttle.waitNanos(now);
        if (waiting == null && wait > 0) {
            waiting = caller.loop().after(Duration.ofNanos(wait), () -> {
                waiting = null;
                call.pumpAnswer();
            });
        }
        return 0;
    }

    @Override
    public void body(byte[] bytes, int offset, int length) {
        caller.body(bytes, offset, length);
        throttle.passed(length, caller.loop().nanos());
        cutIfDue();
    }

    /** The call is over: a pause that is left would hold it, and all that it holds, to the pause's end. */
    void callOff() {
        Cancellable pause = waiting;
        if (pause != null) {
            waiting = null;
            pause.cancel();
        }
    }

    /** Only after what runs now: should the answer end with this, it is whole. */
    private void cutIfDue() {
        if (!cut && throttle.isResetDue()) {
            cut = true;
            caller.loop()
                    .execute(() -> call.failed(new UpstreamFailure.Reset("a fault of the policy cut the answer off")));
        }
    }

    /** Nobody waits for a caller that is not let to take more. */
    @Override
    public void callerDue() {
        if (waiting != null || cut) {
            caller.callerNotDue();
        } else {
            caller.callerDue();
        }
    }
}
