package io.signalbox.mesh.proxy.relay;

import io.signalbox.mesh.mirror.KeptAnswer;
import io.signalbox.mesh.proxy.message.BadMessage;
import io.signalbox.mesh.proxy.message.Fields;
import io.signalbox.mesh.proxy.transport.AnswerPace;
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
public final class UpstreamCall implements UpstreamAttempt {

    private static final Set<String> IDEMPOTENT = Set.of("GET", "HEAD", "OPTIONS", "PUT", "DELETE", "TRACE");

    private final ServerCall server;
    private final Target target;
    private final OutgoingHead head;
    private final AttemptListener listener;
    private final Fields fields;
    private final boolean switching;
    private Downstream downstream;
    private @Nullable PacedDownstream paced;
    private State state = State.NEW;
    private @Nullable Upstream upstream;
    private @Nullable AnswerMessage answer;
    private @Nullable RequestPump request;
    private @Nullable String protocol;
    private int interim;
    private boolean secondTry;

    UpstreamCall(ServerCall server, Target target, OutgoingHead head, AttemptListener listener) {
        this.server = server;
        this.downstream = server.downstream();
        this.head = head;
        this.listener = listener;
        Fields given = Fields.of(head.headers());
        switching = given.has("Upgrade")
                && server.body() == null
                && downstream.canSwitch()
                && target.speech() != Target.Speech.HTTP2;
        // Another protocol takes a whole connection.
        this.target = switching ? target.speaking(Target.Speech.HTTP1) : target;
        fields = SentFields.of(given, switching, target);
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

    boolean isRunning() {
        return state != State.NEW && state != State.OVER;
    }

    /** Where its answer goes. */
    Downstream downstream() {
        return downstream;
    }

    boolean isDelivering() {
        return state == State.DELIVERING || state == State.COMPLETING;
    }

    /** Whether it still sends the request's body. */
    boolean wantsBody() {
        RequestPump pump = request;
        return pump != null
                && !pump.isDone()
                && (state == State.WAITING || state == State.HEAD || state == State.DELIVERING);
    }

    @Override
    public void pace(AnswerPace pace) {
        PacedDownstream slower = new PacedDownstream(downstream, this, pace);
        paced = slower;
        downstream = slower;
    }

    @Override
    public void keep(KeptAnswer copy) {
        downstream = new KeepingDownstream(downstream, copy);
    }

    @Override
    public void start() {
        if (state != State.NEW) {
            return;
        }
        if (!server.takesAnswer()) {
            state = State.OVER;
            return;
        }
        state = State.CONNECTING;
        server.attempted(this);
        server.upstreams().acquire(target, this);
    }

    /** The connection is there; only to be called while one is wanted. */
    public void acquired(Upstream connection) {
        state = State.WAITING;
        upstream = connection;
        RequestBody body = server.body();
        connection.request(this, head.method(), head.target(), fields, body == null ? BodyLength.NONE : body.length());
        if (state != State.WAITING) {
            return;
        }
        if (body == null) {
            request = null;
            connection.flush();
        } else {
            request = new RequestPump(body, connection);
            pumpRequest();
        }
    }

    /** Sends as much of the request's body as there is and the upstream takes. */
    public void pumpRequest() {
        Upstream connection = upstream;
        RequestPump pump = request;
        if (connection == null || pump == null || !wantsBody()) {
            return;
        }
        RequestPump.Rest rest;
        try {
            rest = pump.move();
        } catch (BadMessage e) {
            boolean answering = isDelivering();
            close();
            server.malformed(e, answering);
            return;
        }
        if (request == pump) {
            rest.giveTurn(server, downstream, connection);
        }
    }

    /** Something came from the upstream. */
    public void answerCame() {
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
        Upstream connection = Objects.requireNonNull(upstream);
        while (state == State.WAITING) {
            AnswerMessage read = connection.readHead();
            if (read == null) {
                return;
            }
            if (read.status() == 101 && switching) {
                finalHead(connection, read);
            } else if (read.isInterim()) {
                AnswerHead.passInterim(read, ++interim, downstream);
            } else {
                finalHead(connection, read);
            }
        }
    }

    private void finalHead(Upstream connection, AnswerMessage read) {
        answer = read;
        state = State.HEAD;
        protocol = read.fields().first("Upgrade");
        listener.onHead(new ResponseHead(read.version(), read.status(), read.fields()));
        if (state == State.HEAD) {
            connection.holdAnswer();
        }
    }

    @Override
    public void deliver(ResponseHead response) {
        Upstream connection = upstream;
        AnswerMessage read = answer;
        if (state == State.HEAD && connection != null && read != null) {
            server.answered(this);
            if (read.status() == 101) {
                switchOver(connection, response, read);
                return;
            }
            state = State.DELIVERING;
            stopRecording();
            AnswerHead.pass(response, read, head.method(), downstream);
            connection.wantAnswer();
            pumpAnswer();
        }
    }

    /** Both connections leave HTTP; the call is over with that. */
    private void switchOver(Upstream connection, ResponseHead response, AnswerMessage read) {
        state = State.OVER;
        upstream = null;
        downstream.switchTo(
                connection.takeOver(),
                response.status(),
                read.reason(),
                Fields.of(response.headers()),
                protocol,
                _ -> {});
        listener.onDelivered();
        server.finished();
    }

    /** Once an answer goes out, nothing is sent again. */
    private void stopRecording() {
        RequestBody body = server.body();
        if (body != null) {
            body.stopRecording();
        }
    }

    /** Passes on as much of the answer's body as there is and the caller takes. */
    void pumpAnswer() {
        Upstream connection = upstream;
        if (state != State.DELIVERING || connection == null) {
            return;
        }
        BodySource body = connection.answerBody();
        boolean progress = true;
        int room = 0;
        while (progress && state == State.DELIVERING) {
            if (body.isDone()) {
                complete(connection);
                return;
            }
            room = downstream.room();
            if (room == 0) {
                break;
            }
            try {
                progress = body.read(downstream::body, room);
            } catch (BadMessage e) {
                malformedAnswer();
                return;
            }
            if (!body.isDone()) {
                downstream.flush();
            }
        }
        if (state != State.DELIVERING) {
            return;
        }
        if (room == 0) {
            connection.holdAnswer();
            connection.endpointNotDue();
            downstream.callerDue();
        } else {
            connection.wantAnswer();
            connection.endpointDue();
            if (!wantsBody()) {
                downstream.callerNotDue();
            }
        }
    }

    private void complete(Upstream connection) {
        state = State.COMPLETING;
        endPause();
        Fields trailers = connection.answerBody().trailers();
        downstream.end(trailers);
        if (trailers != null) {
            listener.onTrailers(trailers);
        }
        upstream = null;
        connection.release(sent());
        downstream.whenSent(() -> {
            state = State.OVER;
            listener.onDelivered();
            server.finished();
        });
    }

    private Upstream.Request sent() {
        RequestPump pump = request;
        return pump == null || pump.isDone() ? Upstream.Request.WHOLE : Upstream.Request.IN_PART;
    }

    private void malformedAnswer() {
        failed(new UpstreamFailure.ProtocolError("the endpoint's answer is not valid HTTP, or its head is too large"));
    }

    /** The attempt cannot go on. */
    public void failed(UpstreamFailure failure) {
        State before = state;
        if (before == State.OVER || before == State.COMPLETING) {
            return;
        }
        Upstream connection = upstream;
        if (before == State.WAITING && connection != null && mayTryAgain(connection, failure)) {
            secondTry = true;
            upstream = null;
            request = null;
            connection.close();
            state = State.CONNECTING;
            server.upstreams().connect(target, this);
            return;
        }
        close();
        if (before == State.DELIVERING) {
            server.abort();
        }
        listener.onFailed(failure);
    }

    /** Whether nobody can have acted on the request: it may go out once more, over a new connection. */
    private boolean mayTryAgain(Upstream connection, UpstreamFailure failure) {
        if (secondTry || interim > 0 || !server.bodyReplayable()) {
            return false;
        }
        return failure instanceof UpstreamFailure.NotTaken
                || (failure instanceof UpstreamFailure.Reset
                        && connection.mayBeStale()
                        && IDEMPOTENT.contains(head.method()));
    }

    @Override
    public void abandon() {
        Upstream connection = upstream;
        if (state == State.HEAD && connection != null) {
            state = State.OVER;
            upstream = null;
            connection.discard(sent());
        } else {
            close();
        }
    }

    /** The caller can no longer be written to. */
    void callerGone() {
        close();
        listener.onCallerGone();
    }

    private void endPause() {
        PacedDownstream slower = paced;
        if (slower != null) {
            slower.callOff();
        }
    }

    private void close() {
        State before = state;
        state = State.OVER;
        endPause();
        Upstream connection = upstream;
        upstream = null;
        request = null;
        if (connection != null) {
            connection.close();
        } else if (before == State.CONNECTING) {
            server.upstreams().forget(target, this);
        }
    }
}
