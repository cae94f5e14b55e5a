package io.signalbox.mesh.proxy.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.mesh.proxy.io.EventLoop;
import io.signalbox.mesh.proxy.message.Fields;
import io.signalbox.mesh.proxy.tcp.Dial;
import io.signalbox.mesh.proxy.transport.AnswerPace;
import io.signalbox.mesh.proxy.transport.AttemptListener;
import io.signalbox.mesh.proxy.transport.HttpVersion;
import io.signalbox.mesh.proxy.transport.OutgoingHead;
import io.signalbox.mesh.proxy.transport.ResponseHead;
import io.signalbox.mesh.proxy.transport.Target;
import io.signalbox.mesh.proxy.transport.UpstreamFailure;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.OptionalInt;
import java.util.Queue;
import org.junit.jupiter.api.Test;

class PacedDownstreamTest {

    private static final long MILLI_NANOS = 1_000_000;

    private final Queue<Long> readings = new ArrayDeque<>();
    private long now;
    private boolean takerIsDue;

    @Test
    void aPauseThatEndsWhileItIsLookedAtIsWaitedForAllTheSame() {
        try (EventLoop loop = new EventLoop("never-started", this::reading)) {
            PacedDownstream paced =
                    paced(loop, new AnswerPace(OptionalInt.empty(), 1, Duration.ofMillis(1), OptionalInt.empty()));
            paced.body(new byte[1], 0, 1);
            readings.addAll(List.of(MILLI_NANOS - 1, MILLI_NANOS + 1));

            assertThat(paced.room()).isZero();
            paced.callerDue();

            assertThat(takerIsDue)
                    .as("whether the caller is waited for, and not the pause")
                    .isFalse();
        }
    }

    @Test
    void aPauseIsCalledOffWhenTheCallIsOver() {
        try (EventLoop loop = new EventLoop("never-started", this::reading)) {
            UpstreamCall call = call(new NobodyDownstream(loop));
            call.pace(new AnswerPace(OptionalInt.empty(), 1, Duration.ofMinutes(1), OptionalInt.empty()));
            PacedDownstream paced = (PacedDownstream) call.downstream();
            paced.body(new byte[1], 0, 1);
            assertThat(paced.room()).isZero();
            assertThat(loop.waiting()).isEqualTo(1);

            call.abandon();

            assertThat(loop.waiting()).isZero();
        }
    }

    private long reading() {
        Long next = readings.poll();
        now = next == null ? now : next;
        return now;
    }

    private PacedDownstream paced(EventLoop loop, AnswerPace pace) {
        Downstream taker = new ForwardingDownstream(new NobodyDownstream(loop)) {
            @Override
            public void callerDue() {
                takerIsDue = true;
            }
        };
        return new PacedDownstream(taker, call(taker), pace);
    }

    private static UpstreamCall call(Downstream taker) {
        RequestMessage message =
                new RequestMessage(HttpVersion.HTTP_1_1, "GET", "/", null, new Fields(), BodyLength.NONE);
        Target target = new Target("shop", "127.0.0.1", 9, null, Target.Speech.HTTP1);
        OutgoingHead head = new OutgoingHead("GET", "/", new Fields());
        return new UpstreamCall(new ServerCall(taker, new None(), message, null), target, head, new Unheard());
    }

    private static final class None implements Upstreams {
        @Override
        public void acquire(Target target, UpstreamCall call) {}

        @Override
        public void connect(Target target, UpstreamCall call) {}

        @Override
        public Dial dial(Target target, Dial.Listener listener) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void forget(Target target, UpstreamCall call) {}
    }

    private static final class Unheard implements AttemptListener {
        @Override
        public void onHead(ResponseHead head) {}

        @Override
        public void onFailed(UpstreamFailure failure) {}

        @Override
        public void onDelivered() {}

        @Override
        public void onCallerGone() {}
    }
}
