package io.signalbox.mesh.proxy.fault;

import io.signalbox.mesh.mirror.KeptAnswer;
import io.signalbox.mesh.model.FaultEnd;
import io.signalbox.mesh.proxy.failure.InjectedAnswer;
import io.signalbox.mesh.proxy.message.Fields;
import io.signalbox.mesh.proxy.transport.Answer;
import io.signalbox.mesh.proxy.transport.AnswerListener;
import io.signalbox.mesh.proxy.transport.AnswerPace;
import io.signalbox.mesh.proxy.transport.AttemptListener;
import io.signalbox.mesh.proxy.transport.HttpVersion;
import io.signalbox.mesh.proxy.transport.ResponseHead;
import io.signalbox.mesh.proxy.transport.ServerExchange;
import io.signalbox.mesh.proxy.transport.UpstreamAttempt;
import io.signalbox.mesh.time.Scheduler.Cancellable;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An attempt that something befalls: first it waits; then it is answered in the endpoint's place, or reset, or goes on as
 * the attempt that it would have been, with an answer that passes at another pace.
 */
public final class FaultyAttempt implements UpstreamAttempt {

    private enum Step {
        NEW,
        HELD_BACK,
        ANSWERED,
        GONE_ON,
        OVER
    }

    private final ServerExchange exchange;
    private final UpstreamAttempt undisturbed;
    private final FaultPlan plan;
    private final AttemptListener listener;
    private final Runnable reset;
    private Step step = Step.NEW;
    private @Nullable Cancellable timer;
    private ByteBuffer body = ByteBuffer.allocate(0);

    /**
     * @param undisturbed what it would have been; not started
     * @param reset does what the side that brings it about does for a reset before the answer's head
     */
    public FaultyAttempt(
            ServerExchange exchange,
            UpstreamAttempt undisturbed,
            FaultPlan plan,
            AttemptListener listener,
            Runnable reset) {
        this.exchange = exchange;
        this.undisturbed = undisturbed;
        this.plan = plan;
        this.listener = listener;
        this.reset = reset;
    }

    @Override
    public void start() {
        if (step != Step.NEW) {
            return;
        }
        step = Step.HELD_BACK;
        if (plan.delay().isZero()) {
            goOn();
        } else {
            timer = exchange.after(plan.delay(), this::goOn);
        }
    }

    private void goOn() {
        if (step != Step.HELD_BACK) {
            return;
        }
        timer = null;
        FaultEnd.Abort abort = plan.abort();
        if (plan.resetsAtOnce()) {
            step = Step.OVER;
            reset.run();
        } else if (abort != null) {
            step = Step.ANSWERED;
            Answer answer = InjectedAnswer.of(abort, exchange.head());
            body = answer.body();
            Fields fields = new Fields();
            answer.fields().forEach(fields::add);
            listener.onHead(new ResponseHead(HttpVersion.HTTP_1_1, answer.status(), fields));
        } else {
            step = Step.GONE_ON;
            if (plan.pace() != null) {
                undisturbed.pace(plan.pace());
            }
            undisturbed.start();
        }
    }

    @Override
    public void pace(AnswerPace pace) {
        undisturbed.pace(pace);
    }

    @Override
    public void keep(KeptAnswer copy) {
        undisturbed.keep(copy);
    }

    @Override
    public void deliver(ResponseHead head) {
        if (step == Step.GONE_ON) {
            undisturbed.deliver(head);
        } else if (step == Step.ANSWERED) {
            step = Step.OVER;
            Map<String, String> fields = new LinkedHashMap<>();
            head.headers().forEach((name, value) -> fields.merge(name, value, (one, other) -> one + ", " + other));
            exchange.answer(new Answer(head.status(), fields, body), new AnswerListener() {
                @Override
                public void onDelivered() {
                    listener.onDelivered();
                }

                @Override
                public void onCallerGone() {
                    listener.onCallerGone();
                }
            });
        }
    }

    @Override
    public void abandon() {
        step = Step.OVER;
        Cancellable waiting = timer;
        if (waiting != null) {
            waiting.cancel();
        }
        undisturbed.abandon();
    }
}
