package io.signalbox.mesh.proxy.http1;

import io.signalbox.mesh.proxy.filter.HopByHop;
import io.signalbox.mesh.proxy.filter.MeshFields;
import io.signalbox.mesh.proxy.io.Wire;
import io.signalbox.mesh.proxy.message.BadMessage;
import io.signalbox.mesh.proxy.message.Fields;
import io.signalbox.mesh.proxy.transport.AttemptListener;
import io.signalbox.mesh.proxy.transport.OutgoingHead;
import io.signalbox.mesh.proxy.transport.ResponseHead;
import io.signalbox.mesh.proxy.transport.Target;
import io.signalbox.mesh.proxy.transport.UpstreamAttempt;
import io.signalbox.mesh.proxy.transport.UpstreamFailure;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One attempt: a request on an upstream connection of the caller's own loop, and its answer on the way back. What other
 * threads ask is done on the loop; all else belongs to its thread.
 */
final class UpstreamCall implements UpstreamAttempt {

    /** How much may wait to be written before no more is read. */
    private static final int HIGH_WATER = 64 * 1024;

    private static final int MOST_INTERIM = 32;
    private static final Set<String> IDEMPOTENT = Set.of("GET", "HEAD", "OPTIONS", "PUT", "DELETE", "TRACE");

    private final ServerCall server;
    private final Target target;
    private final OutgoingHead head;
    private final AttemptListener listener;
    private final Fields fields;
    private State state = State.NEW;
    private @Nullable UpstreamConnection upstream;
    private @Nullable AnswerMessage answer;
    private Framing framing = Framing.NONE;
    private Framing outFraming = Framing.NONE;
    private int interim;
    private boolean requestSent;
    private boolean persistent;
    private boolean secondTry;

    UpstreamCall(ServerCall server, Target target, OutgoingHead head, AttemptListener listener) {
        this.server = server;
        this.target = target;
        this.head = head;
        this.listener = listener;
        fields = Fields.of(head.headers());
        if (!fields.has("Host")) {
            String host = target.host();
            fields.add("Host", (host.indexOf(':') < 0 ? host : '[' + host + ']') + ':' + target.port());
        }
    }

    private enum State {
        NEW,
        CONNECTING,
        WAITING,
        HEAD,
        DELIVERING,
        COMPLETING,
        OVER
    }

    boolean isDelivering() {
        return state == State.DELIVERING || state == State.COMPLETING;
    }

    /** Whether it still sends the request's body. */
    boolean wantsBody() {
        return !requestSent && (state == State.WAITING || state == State.HEAD || state == State.DELIVERING);
    }

    @Override
    public void start() {
        server.connection().loop().loop().run(() -> {
            if (state != State.NEW) {
                return;
            }
            if (!server.takesAnswer()) {
                state = State.OVER;
                return;
            }
            state = State.CONNECTING;
            server.attempted(this);
            server.connection().loop().pools().acquire(target, this);
        });
    }

    /** The connection is there. */
    void acquired(UpstreamConnection connection) {
        if (state != State.CONNECTING) {
            connection.release(connection.isFresh());
            return;
        }
        state = State.WAITING;
        upstream = connection;
        connection.serve(this);
        RequestBody body = server.body();
        Framing own = body == null ? Framing.NONE : body.framing();
        Wire wire = connection.wire();
        MessageWriter.request(wire, head.method(), head.target(), fields, own);
        requestSent = body == null;
        if (body != null) {
            byte[] beginning = body.beginning();
            MessageWriter.body(wire, own, beginning, 0, beginning.length);
            pumpRequest();
        } else {
            boolean _ = wire.flush();
        }
    }

    /** Sends as much of the request's body as there is and the upstream takes. */
    void pumpRequest() {
        UpstreamConnection connection = upstream;
        RequestBody body = server.body();
        if (connection == null || body == null || !wantsBody()) {
            return;
        }
        Wire wire = connection.wire();
        Inbox in = server.connection().in();
        BodyReader.Sink sink =
                (bytes, offset, length) -> MessageWriter.body(wire, body.framing(), bytes, offset, length);
        boolean progress = true;
        while (progress && !requestSent && !wire.isBlocked() && !wire.isClosed()) {
            int before = in.size();
            try {
                body.read(in, sink, HIGH_WATER);
            } catch (BadMessage e) {
                boolean answering = isDelivering();
                close();
                server.malformed(e, answering);
                return;
            }
            progress = in.size() < before;
            if (body.isDone()) {
                MessageWriter.end(wire, body.framing(), body.trailers());
                requestSent = true;
            }
            boolean _ = wire.flush();
        }
        if (upstream != connection || wire.isClosed()) {
            return;
        }
        if (requestSent) {
            server.connection().wire().noDeadline();
            connection.awaited();
            return;
        }
        if (wire.isBlocked()) {
            server.connection().wire().pause();
            connection.awaited();
        } else if (server.connection().inputEnded()) {
            server.cutShort();
        } else {
            wire.noDeadline();
            server.wantInput();
        }
    }

    /** Something came from the upstream. */
    void answerCame() {
        try {
            if (state == State.WAITING) {
                readHeads();
            }
            pumpAnswer();
        } catch (BadMessage e) {
            malformedAnswer();
        }
    }

    private void readHeads() throws BadMessage {
        UpstreamConnection connection = Objects.requireNonNull(upstream);
        while (state == State.WAITING) {
            AnswerMessage read = connection.readHead();
            if (read == null) {
                return;
            }
            if (read.isInterim()) {
                passInterim(read);
            } else {
                finalHead(connection, read);
            }
        }
    }

    private void passInterim(AnswerMessage read) throws BadMessage {
        if (read.status() == 101 || ++interim > MOST_INTERIM) {
            throw BadMessage.invalid("an interim answer that was not asked for");
        }
        // The caller's expectation is met here, when its body is wanted.
        if (read.status() != 100 && server.message().http11()) {
            HopByHop.strip(read.fields());
            MeshFields.strip(read.fields());
            Wire down = server.connection().wire();
            MessageWriter.interim(down, read.status(), read.reason(), read.fields());
            boolean _ = down.flush();
        }
    }

    private void finalHead(UpstreamConnection connection, AnswerMessage read) throws BadMessage {
        answer = read;
        framing = head.method().equals("HEAD")
                ? Framing.NONE
                : Framing.ofAnswer(read.fields(), read.status(), read.http11());
        connection.body().begin(framing);
        state = State.HEAD;
        listener.onHead(new ResponseHead(read.status(), read.fields()));
        if (state == State.HEAD) {
            connection.wire().pause();
        }
    }

    @Override
    public void deliver(ResponseHead response) {
        server.connection().loop().loop().run(() -> {
            UpstreamConnection connection = upstream;
            AnswerMessage read = answer;
            if (state == State.HEAD && connection != null && read != null) {
                state = State.DELIVERING;
                beginAnswer(response, read);
                connection.wire().resume();
                pumpAnswer();
            }
        });
    }

    private void beginAnswer(ResponseHead response, AnswerMessage read) {
        RequestBody body = server.body();
        if (body != null) {
            body.stopRecording();
        }
        boolean http11 = server.message().http11();
        Fields passed = Fields.of(response.headers());
        String length = null;
        outFraming = framing;
        if (framing instanceof Framing.None) {
            length = lengthUnsent(response.status(), passed);
        } else if (framing instanceof Framing.UntilClose || framing instanceof Framing.Chunked) {
            outFraming = http11 ? Framing.CHUNKED : Framing.UNTIL_CLOSE;
        }
        persistent = server.mayPersist() && !(outFraming instanceof Framing.UntilClose);
        MessageWriter.answer(
                server.connection().wire(),
                response.status(),
                read.reason(),
                passed,
                outFraming,
                length,
                server.persistence(persistent));
    }

    /** What is said of the length of a body that is not there. */
    private @Nullable String lengthUnsent(int status, Fields passed) {
        if (status == 204) {
            return null;
        }
        if (status == 304 || head.method().equals("HEAD")) {
            return passed.first("Content-Length");
        }
        return "0";
    }

    /** Passes on as much of the answer's body as there is and the caller takes. */
    void pumpAnswer() {
        UpstreamConnection connection = upstream;
        if (state != State.DELIVERING || connection == null) {
            return;
        }
        Wire down = server.connection().wire();
        Inbox in = connection.in();
        BodyReader body = connection.body();
        BodyReader.Sink sink = (bytes, offset, length) -> MessageWriter.body(down, outFraming, bytes, offset, length);
        boolean progress = true;
        while (progress && !down.isBlocked() && state == State.DELIVERING) {
            int before = in.size();
            try {
                body.read(in, sink, HIGH_WATER);
            } catch (BadMessage e) {
                malformedAnswer();
                return;
            }
            if (body.isDone()) {
                complete(connection);
                return;
            }
            progress = in.size() < before;
            boolean _ = down.flush();
        }
        if (state != State.DELIVERING) {
            return;
        }
        if (down.isBlocked()) {
            connection.wire().pause();
            connection.wire().noDeadline();
            server.connection().awaited();
        } else {
            connection.wire().resume();
            connection.awaited();
            if (!wantsBody()) {
                server.connection().wire().noDeadline();
            }
        }
    }

    private void complete(UpstreamConnection connection) {
        state = State.COMPLETING;
        MessageWriter.end(
                server.connection().wire(), outFraming, connection.body().trailers());
        boolean again = Objects.requireNonNull(answer).persistent()
                && requestSent
                && !(framing instanceof Framing.UntilClose)
                && connection.in().isEmpty();
        upstream = null;
        connection.release(again);
        server.connection().send(() -> {
            state = State.OVER;
            listener.onDelivered();
            server.finished(persistent);
        });
    }

    /** The upstream's input has ended. */
    void upstreamEnded() {
        UpstreamConnection connection = upstream;
        if (connection != null && state == State.DELIVERING && connection.body().ended()) {
            complete(connection);
        } else {
            failed(new UpstreamFailure.Reset("the connection to the endpoint ended before the answer was complete"));
        }
    }

    private void malformedAnswer() {
        failed(new UpstreamFailure.ProtocolError("the endpoint's answer is not valid HTTP, or its head is too large"));
    }

    /** The attempt cannot go on. */
    void failed(UpstreamFailure failure) {
        State before = state;
        if (before == State.OVER || before == State.COMPLETING) {
            return;
        }
        UpstreamConnection connection = upstream;
        if (before == State.WAITING && connection != null && mayTryAgain(connection, failure)) {
            secondTry = true;
            upstream = null;
            connection.close();
            state = State.CONNECTING;
            server.connection().loop().pools().connect(target, this);
            return;
        }
        close();
        if (before == State.DELIVERING) {
            server.abort();
        }
        listener.onFailed(failure);
    }

    /** A kept connection may have been closed while the request was on its way; nobody has seen that request then. */
    private boolean mayTryAgain(UpstreamConnection connection, UpstreamFailure failure) {
        return failure instanceof UpstreamFailure.Reset
                && !secondTry
                && !connection.isFresh()
                && connection.isSilent()
                && interim == 0
                && IDEMPOTENT.contains(head.method())
                && server.bodyReplayable();
    }

    @Override
    public void abandon() {
        server.connection().loop().loop().run(this::giveUp);
    }

    private void giveUp() {
        UpstreamConnection connection = upstream;
        AnswerMessage read = answer;
        if (state == State.HEAD && connection != null && read != null && requestSent && read.persistent()) {
            BodyReader body = connection.body();
            try {
                body.read(connection.in(), (bytes, offset, length) -> {}, Integer.MAX_VALUE);
            } catch (BadMessage e) {
                close();
                return;
            }
            if (body.isDone() && connection.in().isEmpty()) {
                state = State.OVER;
                upstream = null;
                connection.release(true);
                return;
            }
        }
        close();
    }

    /** The caller can no longer be written to. */
    void callerGone() {
        close();
        listener.onCallerGone();
    }

    private void close() {
        State before = state;
        state = State.OVER;
        UpstreamConnection connection = upstream;
        upstream = null;
        if (connection != null) {
            connection.close();
        } else if (before == State.CONNECTING) {
            server.connection().loop().pools().forget(target, this);
        }
    }
}
