package io.signalbox.mesh.proxy.transport.jetty;

import io.signalbox.mesh.proxy.transport.Answer;
import io.signalbox.mesh.proxy.transport.AnswerListener;
import io.signalbox.mesh.proxy.transport.AttemptListener;
import io.signalbox.mesh.proxy.transport.IncomingHead;
import io.signalbox.mesh.proxy.transport.OutgoingHead;
import io.signalbox.mesh.proxy.transport.ServerExchange;
import io.signalbox.mesh.proxy.transport.Target;
import io.signalbox.mesh.proxy.transport.UpstreamAttempt;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.channels.NetworkChannel;
import java.util.function.BooleanSupplier;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpHeaderValue;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/** A request that Jetty parsed, with the response and the callback that finish it. */
final class JettyExchange implements ServerExchange {

    private final Request downstreamRequest;
    private final Response downstreamResponse;
    private final Callback downstreamCallback;
    private final HttpClient client;
    private final TransportLimits limits;
    private final BooleanSupplier closing;
    private final JettyHead head;
    private final @Nullable ReplayBody body;

    JettyExchange(
            Request request,
            Response response,
            Callback callback,
            HttpClient client,
            TransportLimits limits,
            BooleanSupplier closing) {
        this.downstreamRequest = request;
        this.downstreamResponse = response;
        this.downstreamCallback = callback;
        this.client = client;
        this.limits = limits;
        this.closing = closing;
        this.head = new JettyHead(request);
        this.body = head.hasBody() ? new ReplayBody(request, request.getLength()) : null;
        // Until the answer begins the proxy's own timeouts say how long to wait.
        request.addIdleTimeoutListener(timeout -> response.isCommitted());
    }

    @Override
    public IncomingHead head() {
        return head;
    }

    @Override
    public @Nullable String peerIdentity() {
        return SecuredConnections.peerOf(downstreamRequest);
    }

    @Override
    public void recordBody(int limitBytes) {
        if (body != null) {
            body.record(limitBytes);
        }
    }

    @Override
    public boolean bodyReplayable() {
        return body == null || body.replayable();
    }

    @Override
    public UpstreamAttempt attempt(Target target, OutgoingHead outgoing, AttemptListener listener) {
        return new JettyAttempt(this, client, limits, target, outgoing, listener);
    }

    @Override
    public void answer(Answer answer, AnswerListener listener) {
        downstreamResponse.setStatus(answer.status());
        answer.fields().forEach(downstreamResponse.getHeaders()::put);
        announceClosing();
        downstreamResponse.write(true, answer.body(), new Callback() {
            @Override
            public void succeeded() {
                listener.onDelivered();
                finished();
            }

            @Override
            public void failed(Throwable failure) {
                listener.onCallerGone();
                finished(failure);
            }

            @Override
            public InvocationType getInvocationType() {
                return InvocationType.NON_BLOCKING;
            }
        });
    }

    @Override
    public void abort() {
        EndPoint endPoint =
                downstreamRequest.getConnectionMetaData().getConnection().getEndPoint();
        EndPoint socket = endPoint instanceof EndPoint.Wrapper wrapper ? wrapper.unwrap() : endPoint;
        // A reset, so that even a body that ends with its connection is not taken for whole.
        if (socket.getTransport() instanceof NetworkChannel channel) {
            try {
                channel.setOption(StandardSocketOptions.SO_LINGER, 0);
            } catch (IOException e) {
                // The socket is closed already, which is what is wanted.
            }
        }
        IOException broken = new IOException("the answer could not be completed");
        socket.close(broken);
        finished(broken);
    }

    @Override
    public void onCallerGone(Runnable listener) {
        downstreamRequest.addFailureListener(failure -> listener.run());
    }

    Request request() {
        return downstreamRequest;
    }

    Response response() {
        return downstreamResponse;
    }

    @Nullable
    ReplayBody body() {
        return body;
    }

    /** No further attempt will want the body from its beginning. */
    void forgetBody() {
        if (body != null) {
            body.stopRecording();
        }
    }

    void announceClosing() {
        if (closing.getAsBoolean()) {
            downstreamResponse.getHeaders().put(HttpHeader.CONNECTION, HttpHeaderValue.CLOSE);
        }
    }

    void finished() {
        closeBody();
        downstreamCallback.succeeded();
    }

    void finished(Throwable failure) {
        closeBody();
        downstreamCallback.failed(failure);
    }

    private void closeBody() {
        if (body != null) {
            body.close();
        }
    }
}
