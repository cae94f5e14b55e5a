package io.signalbox.mesh.proxy.relay;

import io.signalbox.mesh.proxy.io.EventLoop;
import io.signalbox.mesh.proxy.message.Fields;
import org.jspecify.annotations.Nullable;

/** A caller that is not there: an answer to it is read as fast as it comes, and forgotten. */
final class NobodyDownstream implements Downstream {

    private static final int ROOM = 64 * 1024;

    private final EventLoop loop;

    NobodyDownstream(EventLoop loop) {
        this.loop = loop;
    }

    @Override
    public EventLoop loop() {
        return loop;
    }

    @Override
    public @Nullable String peer() {
        return null;
    }

    @Override
    public @Nullable String address() {
        return null;
    }

    @Override
    public boolean takesInterim() {
        return false;
    }

    @Override
    public boolean inputEnded() {
        return false;
    }

    @Override
    public int room() {
        return ROOM;
    }

    @Override
    public void whenSent(Runnable then) {
        then.run();
    }

    @Override
    public void interim(int status, String reason, Fields fields) {}

    @Override
    public void head(int status, String reason, Fields fields, BodyLength length, @Nullable String said) {}

    @Override
    public void body(byte[] bytes, int offset, int length) {}

    @Override
    public void end(@Nullable Fields trailers) {}

    @Override
    public void flush() {}

    @Override
    public void wantInput() {}

    @Override
    public void holdInput() {}

    @Override
    public void callerDue() {}

    @Override
    public void callerNotDue() {}

    @Override
    public void finish() {}

    @Override
    public void breakOff() {}

    @Override
    public void refuse(int status) {}

    @Override
    public void cutShort() {}
}
