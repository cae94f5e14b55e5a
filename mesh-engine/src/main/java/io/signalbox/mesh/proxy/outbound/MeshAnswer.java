package io.signalbox.mesh.proxy.outbound;

import io.signalbox.mesh.model.AnsweredBy;
import io.signalbox.mesh.model.Cause;
import io.signalbox.mesh.proxy.failure.FailureResponder;
import io.signalbox.mesh.proxy.failure.ProxyFailure;
import io.signalbox.mesh.proxy.transport.Answer;
import io.signalbox.mesh.proxy.transport.AnswerListener;
import io.signalbox.mesh.proxy.transport.IncomingHead;
import io.signalbox.mesh.proxy.transport.ServerExchange;
import io.signalbox.mesh.routing.RouteDecision;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * An answer that no endpoint gave.
 *
 * @param status to be counted, which a caller of gRPC does not see
 * @param cause {@code null} when a rule gives the answer
 */
record MeshAnswer(Answer answer, int status, @Nullable Cause cause) {

    static MeshAnswer of(RouteDecision.AnsweredHere answered) {
        byte[] body = answered.body().getBytes(StandardCharsets.UTF_8);
        Answer answer = new Answer(answered.status(), answered.headers(), ByteBuffer.wrap(body));
        return new MeshAnswer(answer, answered.status(), null);
    }

    static MeshAnswer of(ProxyFailure failure, IncomingHead head) {
        Cause cause = failure.cause();
        return new MeshAnswer(FailureResponder.answer(failure, head), FailureResponder.status(cause), cause);
    }

    void give(ServerExchange exchange, CallLedger ledger) {
        exchange.answer(answer, new AnswerListener() {
            @Override
            public void onDelivered() {
                ledger.ended(status, AnsweredBy.MESH, cause);
            }

            @Override
            public void onCallerGone() {
                ledger.callerGone();
            }
        });
    }
}
