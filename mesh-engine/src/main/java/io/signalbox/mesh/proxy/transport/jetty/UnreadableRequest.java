package io.signalbox.mesh.proxy.transport.jetty;

import io.signalbox.mesh.model.Cause;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Answers what could not be parsed, and so never reached the proxy; says nothing about the inside. */
final class UnreadableRequest implements Request.Handler {

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        int status = response.getStatus() >= 400 ? response.getStatus() : HttpStatus.BAD_REQUEST_400;
        response.setStatus(status);
        Cause cause = status < 500 ? Cause.BAD_REQUEST : Cause.INTERNAL;
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/problem+json");
        response.getHeaders().put("x-signalbox-cause", cause.wireName());
        String body = "{\"type\":\"about:blank\",\"title\":\"%s\",\"status\":%d}"
                .formatted(HttpStatus.getMessage(status), status);
        response.write(true, ByteBuffer.wrap(body.getBytes(StandardCharsets.UTF_8)), callback);
        return true;
    }
}
