package io.signalbox.mesh.proxy.relay;

import io.signalbox.mesh.proxy.io.EventLoop;
import io.signalbox.mesh.proxy.message.Fields;
import io.signalbox.mesh.proxy.tcp.PipeListener;
import io.signalbox.mesh.proxy.tcp.RawEnd;
import io.signalbox.mesh.proxy.transport.AnswerPace;
import io.signalbox.mesh.proxy.transport.UpstreamFailure;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A caller that seems to take an answer's body no faster than it is told to. The endpoint is held back by that as by any
 * slow caller, so nothing piles up here; a timer of the loop goes on with it. Belongs to its loop's thread.
 */
final class PacedDownstream implements Downstream {

    private final Downstream caller;
    private final UpstreamCall call;
    private final Throttle throttle;
    private boolean waiting;
    private boolean cut;

    PacedDownstream(Downstream caller, UpstreamCall call, AnswerPace pace) {
        this.caller = caller;
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
        int allowed = throttle.room(caller.loop().nanos());
        if (allowed > 0) {
            return Math.min(allowed, caller.room());
        }
        long wait = throttle.waitNanos(caller.loop().nanos());
        if (!waiting && wait > 0) {
            waiting = true;
            var _ = caller.loop().after(Duration.ofNanos(wait), () -> {
                waiting = false;
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
        if (waiting || cut) {
            caller.callerNotDue();
        } else {
            caller.callerDue();
        }
    }

    @Override
    public void end(@Nullable Fields trailers) {
        caller.end(trailers);
    }

    @Override
    public void flush() {
        caller.flush();
    }

    @Override
    public EventLoop loop() {
        return caller.loop();
    }

    @Override
    public @Nullable String peer() {
        return caller.peer();
    }

    @Override
    public @Nullable String address() {
        return caller.address();
    }

    @Override
    public boolean takesInterim() {
        return caller.takesInterim();
    }

    @Override
    public boolean inputEnded() {
        return caller.inputEnded();
    }

    @Override
    public void interim(int status, String reason, Fields fields) {
        caller.interim(status, reason, fields);
    }

    @Override
    public void wantInput() {
        caller.wantInput();
    }

    @Override
    public void holdInput() {
        caller.holdInput();
    }

    @Override
    public void callerNotDue() {
        caller.callerNotDue();
    }

    @Override
    public void whenSent(Runnable then) {
        caller.whenSent(then);
    }

    @Override
    public void finish() {
        caller.finish();
    }

    @Override
    public void breakOff() {
        caller.breakOff();
    }

    @Override
    public boolean canSwitch() {
        return caller.canSwitch();
    }

    @Override
    public void switchTo(
            RawEnd other, int status, String reason, Fields fields, @Nullable String protocol, PipeListener listener) {
        caller.switchTo(other, status, reason, fields, protocol, listener);
    }

    @Override
    public void refuse(int status) {
        caller.refuse(status);
    }

    @Override
    public void cutShort() {
        caller.cutShort();
    }
}
