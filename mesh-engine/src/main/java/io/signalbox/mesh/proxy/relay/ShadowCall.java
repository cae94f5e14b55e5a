package io.signalbox.mesh.proxy.relay;

import io.signalbox.mesh.mirror.KeptAnswer;
import io.signalbox.mesh.proxy.filter.HopByHop;
import io.signalbox.mesh.proxy.io.EventLoop;
import io.signalbox.mesh.proxy.message.Fields;
import io.signalbox.mesh.proxy.transport.AttemptListener;
import io.signalbox.mesh.proxy.transport.CopyEnd;
import io.signalbox.mesh.proxy.transport.HttpVersion;
import io.signalbox.mesh.proxy.transport.OutgoingHead;
import io.signalbox.mesh.proxy.transport.ResponseHead;
import io.signalbox.mesh.proxy.transport.Target;
import io.signalbox.mesh.proxy.transport.UpstreamAttempt;
import io.signalbox.mesh.proxy.transport.UpstreamFailure;
import io.signalbox.mesh.time.Scheduler.Cancellable;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A copy of a request, on its way to somewhere whose answer is read and thrown away. It shares nothing with the exchange that
 * it is a copy of but the loop and its pools, and outlives it. Belongs to the loop's thread.
 */
final class ShadowCall implements AttemptListener {

    private final UpstreamAttempt attempt;
    private final @Nullable KeptAnswer copy;
    private final CopyEnd ended;
    private final EventLoop loop;
    private final long startNanos;
    private final Cancellable timer;
    private boolean over;
    private int status;
    private long headNanos;

    private ShadowCall(
            EventLoop loop,
            Upstreams upstreams,
            Target target,
            OutgoingHead head,
            byte[] body,
            Duration limit,
            @Nullable KeptAnswer copy,
            CopyEnd ended) {
        this.copy = copy;
        this.ended = ended;
        this.loop = loop;
        this.startNanos = loop.nanos();
        BodyLength length = BodyLength.of(body.length);
        RequestMessage message = new RequestMessage(
                HttpVersion.HTTP_1_1, head.method(), head.target(), null, Fields.of(head.headers()), length);
        ServerCall server = new ServerCall(
                new NobodyDownstream(loop), upstreams, message, body.length == 0 ? null : new HeldBody(body));
        attempt = server.attempt(target, head, this);
        timer = loop.after(limit, this::timeUp);
    }

    /**
     * Sends it.
     *
     * @param limit from now to the answer's last byte
     * @param copy what is kept of the answer; {@code null} for nothing
     */
    static void send(
            EventLoop loop,
            Upstreams upstreams,
            Target target,
            OutgoingHead head,
            byte[] body,
            Duration limit,
            @Nullable KeptAnswer copy,
            CopyEnd ended) {
        new ShadowCall(loop, upstreams, target, head, body, limit, copy, ended).attempt.start();
    }

    @Override
    public void onHead(ResponseHead head) {
        if (!over) {
            status = head.status();
            headNanos = loop.nanos() - startNanos;
            KeptAnswer keeping = copy;
            if (keeping != null) {
                HopByHop.strip(head.headers());
                keeping.head(status);
                head.headers().forEach(keeping::field);
                attempt.keep(keeping);
            }
            attempt.deliver(head);
        }
    }

    @Override
    public void onFailed(UpstreamFailure failure) {
        over(0);
    }

    @Override
    public void onDelivered() {
        over(status);
    }

    @Override
    public void onCallerGone() {
        over(0);
    }

    private void timeUp() {
        attempt.abandon();
        over(0);
    }

    private void over(int finalStatus) {
        if (!over) {
            over = true;
            timer.cancel();
            ended.ended(finalStatus, headNanos == 0 ? loop.nanos() - startNanos : headNanos);
        }
    }
}
