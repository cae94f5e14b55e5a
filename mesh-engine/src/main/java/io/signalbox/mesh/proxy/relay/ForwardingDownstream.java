package io.signalbox.mesh.proxy.relay;

import io.signalbox.mesh.proxy.io.EventLoop;
import io.signalbox.mesh.proxy.message.Fields;
import io.signalbox.mesh.proxy.tcp.PipeListener;
import io.signalbox.mesh.proxy.tcp.RawEnd;
import org.jspecify.annotations.Nullable;

/** A caller behind another one: whoever changes something about its answer begins here. Belongs to its loop's thread. */
abstract class ForwardingDownstream implements Downstream {

    final Downstream caller;

    ForwardingDownstream(Downstream caller) {
        this.caller = caller;
    }

    @Override
    public void head(int status, String reason, Fields fields, BodyLength length, @Nullable String said) {
        caller.head(status, reason, fields, length, said);
    }

    @Override
    public int room() {
        return caller.room();
    }

    @Override
    public void body(byte[] bytes, int offset, int length) {
        caller.body(bytes, offset, length);
    }

    @Override
    public void callerDue() {
        caller.callerDue();
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
