package io.signalbox.mesh.controlplane.http;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/** Answers what the server refuses before any route sees it, such as a malformed request. */
final class ProblemPage extends ErrorHandler {

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        Object why = request.getAttribute(ErrorHandler.ERROR_MESSAGE);
        String detail = response.getStatus() >= 500 || why == null
                ? "The control plane could not serve this request."
                : why.toString();
        Reply.Whole reply = Problem.of(response.getStatus(), detail).reply();
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, reply.contentType());
        response.write(true, ByteBuffer.wrap(reply.body().getBytes(StandardCharsets.UTF_8)), callback);
        return true;
    }
}
