package io.signalbox.mesh.proxy.outbound;

import io.signalbox.mesh.mirror.KeptAnswer;
import io.signalbox.mesh.proxy.message.Fields;
import io.signalbox.mesh.proxy.transport.AnswerPace;
import io.signalbox.mesh.proxy.transport.AttemptListener;
import io.signalbox.mesh.proxy.transport.HttpVersion;
import io.signalbox.mesh.proxy.transport.OutgoingHead;
import io.signalbox.mesh.proxy.transport.ResponseHead;
import io.signalbox.mesh.proxy.transport.UpstreamAttempt;
import io.signalbox.mesh.proxy.transport.UpstreamFailure;
import java.time.Duration;
import java.util.Objects;

/** One attempt at an endpoint that does as it is told. */
final class StagedAttempt implements UpstreamAttempt {

    final long startNanos;
    final OutgoingHead head;
    private final StagedExchange exchange;
    private final String instance;
    private final AttemptListener listener;
    private boolean abandoned;

    StagedAttempt(StagedExchange exchange, String instance, OutgoingHead head, AttemptListener listener) {
        this.exchange = exchange;
        this.instance = instance;
        this.head = head;
        this.listener = listener;
        this.startNanos = exchange.mesh.time.nanos();
    }

    String instance() {
        return instance;
    }

    boolean isAbandoned() {
        return abandoned;
    }

    /** Answers so long after this. */
    void answer(Duration after, int status, String... fields) {
        Fields answered = new Fields();
        for (int i = 0; i < fields.length; i += 2) {
            answered.add(fields[i], fields[i + 1]);
        }
        later(after, () -> listener.onHead(new ResponseHead(HttpVersion.HTTP_1_1, status, answered)));
    }

    void fail(Duration after, UpstreamFailure failure) {
        later(after, () -> listener.onFailed(failure));
    }

    private void later(Duration after, Runnable work) {
        if (after.isZero()) {
            work.run();
        } else {
            exchange.mesh.time.schedule(after, () -> {
                if (!abandoned) {
                    work.run();
                }
            });
        }
    }

    @Override
    public void start() {
        exchange.mesh.attempts.add(this);
        Objects.requireNonNull(exchange.mesh.endpoints.get(instance)).on(this);
    }

    @Override
    public void pace(AnswerPace pace) {}

    @Override
    public void keep(KeptAnswer copy) {}

    @Override
    public void deliver(ResponseHead response) {
        exchange.delivered(this, response.status());
        if (exchange.mesh.answersEnd) {
            listener.onDelivered();
        }
    }

    void callerLeaves() {
        listener.onCallerGone();
    }

    @Override
    public void abandon() {
        abandoned = true;
    }
}
