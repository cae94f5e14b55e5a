package io.signalbox.mesh.proxy.outbound;

import io.signalbox.mesh.mirror.KeptAnswer;
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
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One request of a test, and what became of it. */
final class StagedExchange implements ServerExchange {

    final StagedMesh mesh;
    private final @Nullable String peer;
    private final IncomingHead head;
    private final long startNanos;
    private @Nullable Runnable gone;
    private @Nullable StagedAttempt answering;
    private int status;
    private String cause = "";
    private long endNanos = -1;

    /** @param peer the identity that the caller has proven; {@code null} for none */
    StagedExchange(StagedMesh mesh, @Nullable String peer, IncomingHead head) {
        this.mesh = mesh;
        this.peer = peer;
        this.head = head;
        this.startNanos = mesh.time.nanos();
    }

    /** The status that the caller got; 0 as long as it has none. */
    int status() {
        return status;
    }

    /** Why the mesh answered; empty when an endpoint did. */
    String cause() {
        return cause;
    }

    /** The instance whose answer the caller got; empty when there is none. */
    String answeredBy() {
        StagedAttempt own = answering;
        return own == null ? "" : own.instance();
    }

    /** How long the caller waited. */
    Duration took() {
        return Duration.ofNanos(endNanos - startNanos);
    }

    void leave() {
        Runnable listener = gone;
        if (listener != null) {
            listener.run();
        }
    }

    void delivered(StagedAttempt attempt, int answered) {
        if (status != 0) {
            throw new IllegalStateException("answered twice");
        }
        answering = attempt;
        status = answered;
        endNanos = mesh.time.nanos();
    }

    @Override
    public void answer(Answer answer, AnswerListener listener) {
        if (status != 0) {
            throw new IllegalStateException("answered twice");
        }
        status = answer.status();
        cause = answer.fields().getOrDefault("x-signalbox-cause", "");
        endNanos = mesh.time.nanos();
        listener.onDelivered();
    }

    @Override
    public UpstreamAttempt attempt(Target target, OutgoingHead outgoing, AttemptListener listener) {
        return new StagedAttempt(this, target.host(), outgoing, listener);
    }

    @Override
    public void shadow(Target target, OutgoingHead copy, Duration limit, @Nullable KeptAnswer kept, CopyEnd ended) {
        mesh.shadows.add(target.host());
        Consumer<CopyEnd> end = mesh.shadowEnds;
        end.accept(ended);
    }

    @Override
    public IncomingHead head() {
        return head;
    }

    @Override
    public @Nullable String peerIdentity() {
        return peer;
    }

    @Override
    public String callerAddress() {
        return "127.0.0.1";
    }

    @Override
    public void recordBody(int limitBytes) {}

    @Override
    public boolean bodyReplayable() {
        return true;
    }

    @Override
    public boolean bodyComplete() {
        return mesh.bodiesAreComplete;
    }

    @Override
    public void abort() {}

    @Override
    public @Nullable ServerStream tunnel() {
        return null;
    }

    @Override
    public void execute(Runnable task) {
        Cancellable _ = mesh.time.schedule(Duration.ZERO, task);
    }

    @Override
    public Cancellable after(Duration delay, Runnable task) {
        return mesh.time.schedule(delay, task);
    }

    @Override
    public void onCallerGone(Runnable listener) {
        gone = listener;
    }
}
