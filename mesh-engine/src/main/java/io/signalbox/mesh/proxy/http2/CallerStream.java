package io.signalbox.mesh.proxy.http2;

import io.signalbox.mesh.proxy.http2.hpack.HpackOutput;
import io.signalbox.mesh.proxy.io.EventLoop;
import io.signalbox.mesh.proxy.message.Fields;
import io.signalbox.mesh.proxy.relay.BodyLength;
import io.signalbox.mesh.proxy.relay.Downstream;
import io.signalbox.mesh.proxy.relay.ServerCall;
import org.jspecify.annotations.Nullable;

/** One request of a caller's connection, and where its answer goes. */
final class CallerStream extends Http2Stream implements Downstream {

    private final Http2Caller connection;
    private @Nullable ServerCall call;

    CallerStream(Http2Caller connection, int id) {
        super(connection, id);
        this.connection = connection;
    }

    void serves(ServerCall next) {
        call = next;
    }

    /** Answers what never became a call. */
    void refuseHead(int status) {
        head(status, "", new Fields(), BodyLength.NONE, "0");
        reset(ErrorCode.NO_ERROR);
    }

    @Override
    void inputCame() {
        ServerCall current = call;
        if (current != null) {
            current.inputCame();
        }
    }

    @Override
    void roomCame() {
        ServerCall current = call;
        if (current != null) {
            current.outputDrained();
        }
    }

    @Override
    void wasReset(int code) {
        gone();
    }

    @Override
    void lost(Exception why) {
        gone();
    }

    @Override
    void overdue() {
        reset(ErrorCode.CANCEL);
        gone();
    }

    private void gone() {
        ServerCall current = call;
        if (current != null) {
            call = null;
            connection.reception().ended();
            current.callerGone();
        }
    }

    private void over() {
        if (call != null) {
            call = null;
            connection.reception().ended();
        }
    }

    @Override
    public EventLoop loop() {
        return connection.wire().loop();
    }

    @Override
    public @Nullable String peer() {
        return connection.wire().peer();
    }

    @Override
    public @Nullable String address() {
        return connection.wire().address();
    }

    @Override
    public boolean takesInterim() {
        return true;
    }

    /** Of a stream that ends too early its fields tell; there is no end of input beside that of the body. */
    @Override
    public boolean inputEnded() {
        return false;
    }

    @Override
    public void interim(int status, String reason, Fields fields) {
        write(status, fields, BodyLength.UNKNOWN, null, 0);
    }

    @Override
    public void head(int status, String reason, Fields fields, BodyLength length, @Nullable String said) {
        boolean bodiless = length instanceof BodyLength.None;
        write(status, fields, length, said, bodiless ? Frame.END_STREAM : 0);
        if (bodiless) {
            endedByHead();
        }
    }

    private void write(int status, Fields fields, BodyLength length, @Nullable String said, int flags) {
        if (isRemoved()) {
            return;
        }
        HpackOutput output = connection.block();
        connection.encoder().field(output, ":status", status == 200 ? "200" : Integer.toString(status));
        MessageFields.write(connection.encoder(), output, fields);
        MessageFields.writeLength(connection.encoder(), output, length, said);
        connection.writeBlock(id(), output, flags);
    }

    @Override
    public void wantInput() {}

    @Override
    public void holdInput() {}

    @Override
    public void callerDue() {
        due(connection.limits().stall().toNanos());
    }

    @Override
    public void callerNotDue() {
        notDue();
    }

    @Override
    public void whenSent(Runnable then) {
        flush();
        then.run();
    }

    @Override
    public void finish() {
        over();
        reset(ErrorCode.NO_ERROR);
    }

    @Override
    public void breakOff() {
        over();
        reset(ErrorCode.INTERNAL_ERROR);
    }

    @Override
    public void refuse(int status) {
        over();
        reset(ErrorCode.PROTOCOL_ERROR);
    }

    @Override
    public void cutShort() {
        reset(ErrorCode.CANCEL);
        gone();
    }
}
