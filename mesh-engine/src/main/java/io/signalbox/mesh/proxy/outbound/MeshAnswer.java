package io.signalbox.mesh.proxy.outbound;

import io.signalbox.mesh.model.AnsweredBy;
import io.signalbox.mesh.model.Cause;
import io.signalbox.mesh.proxy.failure.FailureResponder;
import io.signalbox.mesh.proxy.failure.ProxyFailure;
import io.signalbox.mesh.proxy.filter.MeshFields;
import io.signalbox.mesh.proxy.transport.Answer;
import io.signalbox.mesh.proxy.transport.AnswerListener;
import io.signalbox.mesh.proxy.transport.IncomingHead;
import io.signalbox.mesh.proxy.transport.ServerExchange;
import io.signalbox.mesh.routing.RouteDecision;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An answer that no endpoint gave.
 *
 * @param status to be counted, which a caller of gRPC does not see
 */
record MeshAnswer(Answer answer, int status, Cause cause) {

    static MeshAnswer of(RouteDecision.AnsweredHere answered) {
        Map<String, String> fields = new LinkedHashMap<>(answered.headers());
        fields.put(MeshFields.CAUSE, answered.cause().wireName());
        byte[] body = answered.body().getBytes(StandardCharsets.UTF_8);
        Answer answer = new Answer(answered.status(), fields, ByteBuffer.wrap(body));
        return new MeshAnswer(answer, answered.status(), answered.cause());
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
