package io.signalbox.mesh.proxy.relay;

import io.signalbox.mesh.mirror.KeptAnswer;
import io.signalbox.mesh.proxy.message.BadMessage;
import io.signalbox.mesh.proxy.message.Fields;
import io.signalbox.mesh.proxy.message.StatusText;
import io.signalbox.mesh.proxy.transport.Answer;
import io.signalbox.mesh.proxy.transport.AnswerListener;
import io.signalbox.mesh.proxy.transport.AttemptListener;
import io.signalbox.mesh.proxy.transport.CopyEnd;
import io.signalbox.mesh.proxy.transport.IncomingHead;
import io.signalbox.mesh.proxy.transport.OutgoingHead;
import io.signalbox.mesh.proxy.transport.ServerExchange;
import io.signalbox.mesh.proxy.transport.ServerStream;
import io.signalbox.mesh.proxy.transport.Target;
import io.signalbox.mesh.proxy.transport.UpstreamAttempt;
import io.signalbox.mesh.time.Scheduler.Cancellable;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One request of a caller, and its answer. An answer that another thread gives goes out on the caller's loop. */
public final class ServerCall implements ServerExchange {

    private final Downstream downstream;
    private final Upstreams upstreams;
    private final RequestMessage message;
    private final @Nullable RequestBody body;
    private @Nullable UpstreamCall attempt;

    /** Those that run beside it; mostly there is none. */
    private List<UpstreamCall> beside = List.of();

    private @Nullable Runnable gone;
    private @Nullable OwnAnswer answering;
    private boolean proceedSaid;
    private boolean over;

    /** @param body where it comes from; {@code null} when there is none */
    public ServerCall(Downstream downstream, Upstreams upstreams, RequestMessage message, @Nullable BodySource body) {
        this.downstream = downstream;
        this.upstreams = upstreams;
        this.message = message;
        this.body = body == null ? null : new RequestBody(body, message.length());
        proceedSaid = body == null || !downstream.takesInterim() || !message.expectsContinue();
    }

    @Override
    public IncomingHead head() {
        return message;
    }

    Downstream downstream() {
        return downstream;
    }

    Upstreams upstreams() {
        return upstreams;
    }

    @Nullable
    RequestBody body() {
        return body;
    }

    @Override
    public @Nullable String peerIdentity() {
        return downstream.peer();
    }

    @Override
    public @Nullable String callerAddress() {
        return downstream.address();
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
    public boolean bodyComplete() {
        return body == null || (body.replayable() && body.isDone());
    }

    @Override
    public UpstreamAttempt attempt(Target target, OutgoingHead head, AttemptListener listener) {
        return new UpstreamCall(this, target, head, listener);
    }

    @Override
    public void shadow(Target target, OutgoingHead head, Duration limit, @Nullable KeptAnswer copy, CopyEnd ended) {
        RequestBody own = body;
        byte[] kept = own == null ? new byte[0] : own.beginning();
        ShadowCall.send(downstream.loop(), upstreams, target, head, kept, limit, copy, ended);
    }

    @Override
    public @Nullable ServerStream tunnel() {
        return body == null && downstream.canSwitch() ? new Tunnel(this) : null;
    }

    /** From now on that attempt reads the body and may give the answer; one that runs already goes on beside it. */
    void attempted(UpstreamCall next) {
        UpstreamCall before = attempt;
        if (before != null && before.isRunning()) {
            List<UpstreamCall> more = new ArrayList<>(beside);
            more.add(before);
            beside = more;
        }
        attempt = next;
    }

    /** That attempt gives the answer: nothing of another one may touch this connection any more. */
    void answered(UpstreamCall giving) {
        UpstreamCall last = attempt;
        if (last != null && !last.equals(giving)) {
            last.abandon();
        }
        abandonBeside(giving);
        attempt = giving;
    }

    private void abandonBeside(@Nullable UpstreamCall kept) {
        List<UpstreamCall> others = beside;
        beside = List.of();
        for (UpstreamCall other : others) {
            if (!other.equals(kept)) {
                other.abandon();
            }
        }
    }

    @Override
    public void execute(Runnable task) {
        downstream.loop().execute(task);
    }

    @Override
    public Cancellable after(Duration delay, Runnable task) {
        return downstream.loop().after(delay, task);
    }

    @Override
    public void onCallerGone(Runnable listener) {
        gone = listener;
    }

    @Override
    public void answer(Answer answer, AnswerListener listener) {
        downstream.loop().run(() -> begin(answer, listener));
    }

    private void begin(Answer answer, AnswerListener listener) {
        if (!takesAnswer()) {
            return;
        }
        UpstreamCall running = attempt;
        if (running != null) {
            // Nothing of it may touch this connection any more, which may soon serve another request.
            running.abandon();
        }
        abandonBeside(null);
        OwnAnswer own = new OwnAnswer(answer, listener);
        answering = own;
        own.begin();
    }

    /** Whether it is still open who answers. */
    boolean takesAnswer() {
        return !over && answering == null;
    }

    /** Reads the rest of the request as far as it is there; whether all of it has been read then. */
    public boolean bodyTaken() {
        RequestBody own = body;
        if (own == null || own.isDone()) {
            return true;
        }
        UpstreamCall reading = attempt;
        if (reading == null || !reading.wantsBody()) {
            try {
                own.skip();
            } catch (BadMessage e) {
                return false;
            }
        }
        return own.isDone();
    }

    @Override
    public void abort() {
        if (!over) {
            over = true;
            downstream.breakOff();
        }
    }

    void finished() {
        if (!over) {
            over = true;
            downstream.finish();
        }
    }

    /** The attempt has room for more of the body than there is. */
    void wantInput() {
        UpstreamCall reading = attempt;
        if (!proceedSaid && reading != null && !reading.isDelivering() && takesAnswer()) {
            proceedSaid = true;
            downstream.interim(100, "Continue", new Fields());
        }
        downstream.wantInput();
        downstream.callerDue();
    }

    /** More of the request has come, or its end. */
    public void inputCame() {
        if (!downstream.inputEnded()) {
            proceedSaid = true;
        }
        UpstreamCall reading = attempt;
        if (reading != null) {
            reading.pumpRequest();
        }
    }

    /** The caller takes more of the answer. */
    public void outputDrained() {
        OwnAnswer own = answering;
        UpstreamCall giving = attempt;
        if (own != null) {
            own.pump();
        } else if (giving != null) {
            giving.pumpAnswer();
        }
    }

    /**
     * The request's body breaks the rules: what follows cannot be told from it.
     *
     * @param delivering whether part of an answer has gone out, which then must not look whole
     */
    void malformed(BadMessage why, boolean delivering) {
        if (over) {
            return;
        }
        over = true;
        Runnable listener = gone;
        if (listener != null) {
            listener.run();
        }
        if (delivering) {
            downstream.breakOff();
        } else {
            downstream.refuse(why.status());
        }
    }

    /** The caller has gone; its end of the exchange is closed already. */
    public void callerGone() {
        if (over) {
            return;
        }
        over = true;
        OwnAnswer own = answering;
        UpstreamCall giving = attempt;
        Runnable listener = gone;
        if (own != null) {
            own.listener.onCallerGone();
        } else if (giving != null && giving.isDelivering()) {
            giving.callerGone();
        } else if (listener != null) {
            listener.run();
        }
    }

    /** An answer of the proxy's own on its way out. */
    private final class OwnAnswer {
        private final Answer answer;
        private final AnswerListener listener;
        private byte[] bytes = {};
        private int sent;
        private boolean ended;

        OwnAnswer(Answer answer, AnswerListener listener) {
            this.answer = answer;
            this.listener = listener;
        }

        void begin() {
            Fields fields = new Fields();
            answer.fields().forEach(fields::add);
            ByteBuffer content = answer.body();
            int length = content.remaining();
            if (!message.method().equals("HEAD")) {
                bytes = new byte[length];
                content.get(bytes);
            }
            String said = bytes.length > 0 || answer.status() == 204 ? null : Integer.toString(length);
            downstream.head(answer.status(), StatusText.of(answer.status()), fields, BodyLength.of(bytes.length), said);
            pump();
        }

        void pump() {
            while (sent < bytes.length && !over) {
                int room = downstream.room();
                if (room == 0) {
                    downstream.callerDue();
                    return;
                }
                int length = Math.min(room, bytes.length - sent);
                downstream.body(bytes, sent, length);
                sent += length;
                if (sent < bytes.length) {
                    downstream.flush();
                }
            }
            if (over || ended) {
                return;
            }
            ended = true;
            downstream.end(null);
            downstream.whenSent(() -> {
                listener.onDelivered();
                finished();
            });
        }
    }
}
