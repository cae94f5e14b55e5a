package io.signalbox.mesh.proxy.http1;

import io.signalbox.mesh.proxy.message.BadMessage;
import io.signalbox.mesh.proxy.message.Fields;
import io.signalbox.mesh.proxy.message.StatusText;
import io.signalbox.mesh.proxy.transport.Answer;
import io.signalbox.mesh.proxy.transport.AnswerListener;
import io.signalbox.mesh.proxy.transport.AttemptListener;
import io.signalbox.mesh.proxy.transport.IncomingHead;
import io.signalbox.mesh.proxy.transport.OutgoingHead;
import io.signalbox.mesh.proxy.transport.ServerExchange;
import io.signalbox.mesh.proxy.transport.Target;
import io.signalbox.mesh.proxy.transport.UpstreamAttempt;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * One request on a caller's connection, and its answer. What other threads ask is done on the connection's loop; all
 * else belongs to its thread.
 */
final class ServerCall implements ServerExchange {

    private final ServerConnection connection;
    private final RequestMessage message;
    private final @Nullable RequestBody body;
    private @Nullable UpstreamCall attempt;
    private @Nullable Runnable gone;
    private @Nullable AnswerListener answering;
    private boolean proceedSaid;
    private boolean over;

    ServerCall(ServerConnection connection, RequestMessage message, @Nullable RequestBody body) {
        this.connection = connection;
        this.message = message;
        this.body = body;
        proceedSaid = !message.expectsContinue();
    }

    @Override
    public IncomingHead head() {
        return message;
    }

    RequestMessage message() {
        return message;
    }

    ServerConnection connection() {
        return connection;
    }

    @Nullable
    RequestBody body() {
        return body;
    }

    @Override
    public @Nullable String peerIdentity() {
        return connection.wire().peer();
    }

    @Override
    public void recordBody(int limitBytes) {
        if (body != null) {
            body.record(limitBytes);
        }
    }

    @Override
    public boolean bodyReplayable() {
        return body == null || body.replayable();
    }

    @Override
    public UpstreamAttempt attempt(Target target, OutgoingHead head, AttemptListener listener) {
        return new UpstreamCall(this, target, head, listener);
    }

    /** From now on that attempt reads the body and may give the answer. */
    void attempted(UpstreamCall next) {
        attempt = next;
    }

    @Override
    public void onCallerGone(Runnable listener) {
        gone = listener;
    }

    @Override
    public void answer(Answer answer, AnswerListener listener) {
        connection.loop().loop().run(() -> write(answer, listener));
    }

    private void write(Answer answer, AnswerListener listener) {
        if (!takesAnswer()) {
            return;
        }
        UpstreamCall running = attempt;
        if (running != null) {
            // Nothing of it may touch this connection any more, which may soon serve another request.
            running.abandon();
        }
        answering = listener;
        boolean persistent = mayPersist();
        Fields fields = new Fields();
        answer.fields().forEach(fields::add);
        ByteBuffer content = answer.body();
        byte[] bytes = new byte[content.remaining()];
        content.get(bytes);
        boolean withBody = !message.method().equals("HEAD") && bytes.length > 0;
        Framing framing = withBody ? new Framing.Sized(bytes.length) : Framing.NONE;
        MessageWriter.answer(
                connection.wire(),
                answer.status(),
                StatusText.of(answer.status()),
                fields,
                framing,
                withBody || answer.status() == 204 ? null : Integer.toString(bytes.length),
                persistence(persistent));
        if (withBody) {
            MessageWriter.body(connection.wire(), framing, bytes, 0, bytes.length);
        }
        connection.send(() -> {
            listener.onDelivered();
            finished(persistent);
        });
    }

    /** Whether it is still open who answers. */
    boolean takesAnswer() {
        return !over && answering == null;
    }

    /** Whether the connection can serve another request after this one's answer. */
    boolean mayPersist() {
        return message.persistent() && !connection.isClosing() && bodyTaken();
    }

    MessageWriter.Persistence persistence(boolean persistent) {
        if (!persistent) {
            return MessageWriter.Persistence.CLOSED;
        }
        return message.http11() ? MessageWriter.Persistence.KEPT : MessageWriter.Persistence.KEPT_AND_SAID;
    }

    private boolean bodyTaken() {
        RequestBody own = body;
        if (own == null || own.isDone()) {
            return true;
        }
        UpstreamCall reading = attempt;
        if (reading == null || !reading.wantsBody()) {
            try {
                own.skip(connection.in());
            } catch (BadMessage e) {
                return false;
            }
        }
        return own.isDone();
    }

    @Override
    public void abort() {
        connection.loop().loop().run(() -> {
            if (!over) {
                over = true;
                connection.brokenOff();
            }
        });
    }

    void finished(boolean persistent) {
        if (!over) {
            over = true;
            connection.finished(persistent);
        }
    }

    /** The attempt has room for more of the body than there is. */
    void wantInput() {
        UpstreamCall reading = attempt;
        if (!proceedSaid && reading != null && !reading.isDelivering() && takesAnswer()) {
            proceedSaid = true;
            MessageWriter.proceed(connection.wire());
            boolean _ = connection.wire().flush();
        }
        connection.wire().resume();
        connection.awaited();
    }

    void inputCame() {
        proceedSaid = true;
        UpstreamCall reading = attempt;
        if (reading != null) {
            reading.pumpRequest();
        }
    }

    /** The caller sends no more. An answer may still be read, unless its request can no longer be whole. */
    void inputEnded() {
        UpstreamCall reading = attempt;
        if (reading != null) {
            reading.pumpRequest();
        }
    }

    /** The caller has ended in the middle of its request. */
    void cutShort() {
        connection.broken(new IOException("the caller left in the middle of its request"));
    }

    void outputDrained() {
        UpstreamCall giving = attempt;
        if (giving != null) {
            giving.pumpAnswer();
        }
    }

    /**
     * The request's body breaks the rules: what follows cannot be told from it.
     *
     * @param answering whether part of an answer has gone out, which then must not look whole
     */
    void malformed(BadMessage why, boolean answering) {
        if (over) {
            return;
        }
        if (answering) {
            connection.wire().reset();
            connection.broken(new IOException(why.getMessage()));
            return;
        }
        over = true;
        Refusal.write(connection.wire(), why.status());
        Runnable listener = gone;
        if (listener != null) {
            listener.run();
        }
        connection.finished(false);
    }

    void callerGone() {
        if (over) {
            return;
        }
        over = true;
        AnswerListener waiting = answering;
        UpstreamCall giving = attempt;
        Runnable listener = gone;
        if (waiting != null) {
            waiting.onCallerGone();
        } else if (giving != null && giving.isDelivering()) {
            giving.callerGone();
        } else if (listener != null) {
            listener.run();
        }
    }
}
