package io.signalbox.mesh.proxy.inbound;

import io.signalbox.mesh.model.Cause;
import io.signalbox.mesh.proxy.failure.FailureResponder;
import io.signalbox.mesh.proxy.failure.ProxyFailure;
import io.signalbox.mesh.proxy.fault.FaultPlan;
import io.signalbox.mesh.proxy.fault.FaultyAttempt;
import io.signalbox.mesh.proxy.filter.HopByHop;
import io.signalbox.mesh.proxy.filter.MeshFields;
import io.signalbox.mesh.proxy.transport.Answer;
import io.signalbox.mesh.proxy.transport.AnswerListener;
import io.signalbox.mesh.proxy.transport.AttemptListener;
import io.signalbox.mesh.proxy.transport.OutgoingHead;
import io.signalbox.mesh.proxy.transport.ResponseHead;
import io.signalbox.mesh.proxy.transport.ServerExchange;
import io.signalbox.mesh.proxy.transport.UpstreamAttempt;
import io.signalbox.mesh.proxy.transport.UpstreamFailure;
import io.signalbox.mesh.time.Scheduler.Cancellable;
import io.signalbox.mesh.trace.Span;
import io.signalbox.mesh.trace.TraceContext;
import java.time.Duration;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/** One call on its way to the application: a single attempt, since only the caller's side may repeat it. */
final class InboundCall implements AttemptListener {

    private enum Step {
        WAITING,
        DELIVERING,
        OVER
    }

    private final ServerExchange exchange;
    private final InboundRequests.Environment environment;
    private final String source;
    private final TraceContext trace;
    private final @Nullable FaultPlan fault;
    private final long startNanos;
    private Step step = Step.WAITING;
    private @Nullable UpstreamAttempt attempt;
    private @Nullable Cancellable timer;
    private long remembered;
    private int status;

    /** @param fault what befalls it; {@code null} for nothing */
    InboundCall(
            ServerExchange exchange,
            InboundRequests.Environment environment,
            String source,
            TraceContext trace,
            @Nullable FaultPlan fault) {
        this.exchange = exchange;
        this.environment = environment;
        this.source = source;
        this.trace = trace;
        this.fault = fault;
        this.startNanos = environment.ticker().nanos();
    }

    /** @param left how long the caller's sidecar waits for the answer's head; {@code null} when it does not say */
    void begin(OutgoingHead head, @Nullable Duration left) {
        exchange.onCallerGone(this::callerLeft);
        if (left != null) {
            remembered = environment.deadlines().remember(trace.traceIdLow(), left);
            if (left.isZero()) {
                step = Step.OVER;
                answer(new ProxyFailure.TimeUp());
                return;
            }
            timer = exchange.after(left, () -> timeUp(left));
        }
        UpstreamAttempt started = exchange.attempt(environment.application(), head, this);
        if (fault != null) {
            started = new FaultyAttempt(exchange, started, fault, this, this::breakOff);
        }
        attempt = started;
        started.start();
    }

    /**
     * Answers in the application's place.
     *
     * @param ended learns of the status once the answer has been written, or cannot be
     */
    void refuse(ProxyFailure failure, IntConsumer ended) {
        step = Step.OVER;
        answer(failure, ended);
    }

    @Override
    public void onHead(ResponseHead head) {
        HopByHop.strip(head.headers());
        MeshFields.strip(head.headers());
        if (fault != null) {
            fault.mark(head.headers());
        }
        UpstreamAttempt answering = attempt;
        if (answering != null && step == Step.WAITING) {
            step = Step.DELIVERING;
            noDeadline();
            status = head.status();
            answering.deliver(head);
        }
    }

    @Override
    public void onFailed(UpstreamFailure failure) {
        Step before = step;
        step = Step.OVER;
        noDeadline();
        switch (before) {
            case WAITING -> answer(failureOf(failure));
            case DELIVERING -> record(status);
            case OVER -> {}
        }
    }

    @Override
    public void onDelivered() {
        over(status);
    }

    @Override
    public void onCallerGone() {
        over(FailureResponder.CALLER_GONE_STATUS);
    }

    private void callerLeft() {
        if (step != Step.OVER) {
            giveUp();
            record(FailureResponder.CALLER_GONE_STATUS);
            exchange.abort();
        }
    }

    private void timeUp(Duration left) {
        if (step == Step.WAITING) {
            giveUp();
            answer(new ProxyFailure.RequestTimeout(left));
        }
    }

    /** A fault of the policy resets the caller's connection. */
    private void breakOff() {
        if (step == Step.WAITING) {
            step = Step.OVER;
            noDeadline();
            record(FailureResponder.status(Cause.UPSTREAM_RESET));
            exchange.abort();
        }
    }

    /** The application may go on for nobody; its time stays known, so that its calls do not. */
    private void giveUp() {
        step = Step.OVER;
        cancelTimer();
        UpstreamAttempt running = attempt;
        if (running != null) {
            running.abandon();
        }
    }

    /** The application has answered or failed; what it does now is bounded by nobody. */
    private void noDeadline() {
        cancelTimer();
        environment.deadlines().forget(trace.traceIdLow(), remembered);
        remembered = 0;
    }

    private void cancelTimer() {
        Cancellable running = timer;
        if (running != null) {
            running.cancel();
        }
    }

    /** What did not reach the application may safely go elsewhere, and the caller's sidecar is told so. */
    private ProxyFailure failureOf(UpstreamFailure failure) {
        return switch (failure) {
            case UpstreamFailure.ConnectFailed _, UpstreamFailure.Overloaded _, UpstreamFailure.NotTaken _ ->
                new ProxyFailure.AppUnreachable(environment.application().port());
            case UpstreamFailure.IdentityRefused _,
                    UpstreamFailure.Reset _,
                    UpstreamFailure.Stalled _,
                    UpstreamFailure.ProtocolError _ -> new ProxyFailure.Upstream(failure);
        };
    }

    private void answer(ProxyFailure failure) {
        answer(failure, _ -> {});
    }

    private void answer(ProxyFailure failure, IntConsumer ended) {
        Answer answer = FailureResponder.answer(failure, exchange.head());
        exchange.answer(answer, new AnswerListener() {
            @Override
            public void onDelivered() {
                end(FailureResponder.status(failure.cause()));
            }

            @Override
            public void onCallerGone() {
                end(FailureResponder.CALLER_GONE_STATUS);
            }

            private void end(int finalStatus) {
                record(finalStatus);
                ended.accept(finalStatus);
            }
        });
    }

    private void over(int finalStatus) {
        if (step != Step.OVER) {
            step = Step.OVER;
            record(finalStatus);
        }
    }

    private void record(int finalStatus) {
        if (environment.spans().wants(trace, finalStatus)) {
            long duration = Math.max(0, environment.ticker().nanos() - startNanos);
            environment
                    .spans()
                    .add(Span.at(
                            trace,
                            Span.Kind.SERVER,
                            environment.service(),
                            source,
                            exchange.head().method() + " " + exchange.head().path(),
                            environment.clock().instant().minusNanos(duration),
                            duration,
                            finalStatus));
        }
    }
}
