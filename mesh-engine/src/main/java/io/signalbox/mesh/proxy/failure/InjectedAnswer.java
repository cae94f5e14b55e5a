package io.signalbox.mesh.proxy.failure;

import io.signalbox.mesh.model.Cause;
import io.signalbox.mesh.model.FaultEnd;
import io.signalbox.mesh.proxy.message.StatusText;
import io.signalbox.mesh.proxy.transport.Answer;
import io.signalbox.mesh.proxy.transport.IncomingHead;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** What an aborted request is answered with: as the application might have, so that callers take it as the real thing. */
public final class InjectedAnswer {

    private static final String TEXT = "text/plain; charset=utf-8";
    private static final String DETAIL = "A fault of the service's policy answers in its place";

    private InjectedAnswer() {}

    /** To that request: callers of gRPC get a status of gRPC, in the only head there is (trailers-only). */
    public static Answer of(FaultEnd.Abort abort, IncomingHead head) {
        Map<String, String> fields = new LinkedHashMap<>();
        abort.retryAfter().map(Duration::toSeconds).ifPresent(after -> fields.put("Retry-After", Long.toString(after)));
        if (GrpcStatus.isWanted(head)) {
            fields.put("Content-Type", GrpcStatus.CONTENT_TYPE);
            fields.put(
                    GrpcStatus.NUMBER,
                    Integer.toString(abort.grpcStatus().orElseGet(() -> GrpcStatus.of(abort.status()))));
            fields.put(GrpcStatus.MESSAGE, GrpcStatus.message(abort.body().orElse(DETAIL)));
            return new Answer(200, fields, ByteBuffer.allocate(0));
        }
        fields.put("Content-Type", abort.body().isPresent() ? TEXT : FailureResponder.PROBLEM);
        String body = abort.body()
                .orElseGet(() -> "{\"type\":\"about:blank\",\"title\":\""
                        + StatusText.of(abort.status()) + "\",\"status\":" + abort.status() + ",\"detail\":\"" + DETAIL
                        + ".\",\"cause\":\"" + Cause.FAULT_INJECTED.wireName() + "\"}");
        return new Answer(abort.status(), fields, ByteBuffer.wrap(body.getBytes(StandardCharsets.UTF_8)));
    }
}
